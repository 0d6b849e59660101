import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserServer, chromium, expect, type Page, test } from '@playwright/test';
import { demonstrationSession, type InRoom, join, openCase, room } from '../e2e/room.ts';
import { type Account, pixelDifference, viewport, waitUntilPainted } from '../e2e/support.ts';
import { type ServerProcess, startServer } from '../setup/server-process.ts';

/**
 * Eight browsers in one meeting, through a minute of presentation: one on a 3G line, one asleep for 20 s, one killed, and
 * the server killed once. After each step all show the same. How long that took is told, not asserted.
 */
test.describe.configure({ mode: 'serial' });
test.setTimeout(420_000);
// Eight viewers start at once on few cores.
test.use({ actionTimeout: 120_000 });

const size = { width: 1280, height: 640 };
const names = [
  'seriesUid',
  'sopUid',
  'frameOfReference',
  'focalMm',
  'normal',
  'voi',
  'zoom',
  'blend',
  'rois',
  'isodoses',
];

let dataDir: string;
let server: ServerProcess;
let sessionId: string;
let laptop: BrowserServer;
let old: BrowserServer;
let chair: InRoom;
let slow: InRoom;
let sleeper: InRoom;
let killed: InRoom;
let steady: InRoom[];
const settled: { step: string; ms: number }[] = [];

test.beforeAll(async ({ browser }) => {
  dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-eight-'));
  server = await startServer({ dataDir });
  sessionId = await demonstrationSession(browser, server.origin);
  [laptop, old] = [await processOfItsOwn(), await processOfItsOwn()];
  chair = await inRoom(browser, 'chair@igr.demo');
  steady = [];
  // Two of them have a second tab elsewhere, as people do.
  for (const account of [
    'oncologist@igr.demo',
    'nuclear@clb.demo',
    'oncologist@igr.demo',
    'nuclear@clb.demo',
  ])
    steady.push(await inRoom(browser, account as Account));
  slow = await inRoom(browser, 'physicist@clb.demo');
  sleeper = await inRoom(await chromium.connect(laptop.wsEndpoint()), 'surgeon@igr.demo');
  killed = await inRoom(await chromium.connect(old.wsEndpoint()), 'radiologist@clb.demo');
});

test.afterAll(async () => {
  console.log(settled.map(({ step, ms }) => `${String(ms).padStart(6)} ms  ${step}`).join('\n'));
  for (const { page } of [chair, ...steady, slow]) await page.context().close();
  await laptop.close();
  await old.kill();
  await server.stop();
  await fs.rm(dataDir, { recursive: true, force: true });
});

test('fusion, contours, isodoses, window and zoom: after each step all eight show the same', async () => {
  const all = [...steady, slow, sleeper, killed];
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  for (const { page } of all) {
    // On the slow line the viewer's own code takes its time.
    await expect(viewport(page)).toBeVisible({ timeout: 180_000 });
    await waitUntilPainted(page);
  }
  await settle('the case is opened', all);
  // What is drawn later than the first image, contours and dose, is there for everybody before pixels are compared.
  for (const { page } of all)
    await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', {
      timeout: 120_000,
    });
  await settle('all of it is there', all);
  await step('three notches', () => notches(3), all);
  await step('lung window', () => key('2'), all);
  await step('soft tissue', () => key('1'), all);
  await step('less PET over the CT', () => key('['), all);
  await step('planes and DVH', () => layout('rt'), all);
  await step('a contour is hidden', () => liver(false), all);
  await step('the contour is back', () => liver(true), all);
  await step('isodoses are hidden', () => press('Hide all levels'), all);
  await step('isodoses are back', () => press('Show all levels'), all);
  await step('zoom', () => key('+'), all);
  await step('PET/CT again', () => layout('petct'), all);
  await samePixels(all);
});

test('one laptop sleeps for 20 s: the others go on, nobody believes it sees; awake, it shows the present view', async () => {
  const others = [...steady, slow, killed];
  const asleepSince = Date.now();
  signal(laptop, 'SIGSTOP');
  await step('five notches, one asleep', () => notches(5), others);
  const standing = chair.page.locator(`[data-person="${sleeper.personId}"] [data-standing]`);
  await expect(standing.filter({ hasText: 'sees this' })).toHaveCount(0);
  await step('mediastinum, one asleep', () => key('4'), others);
  await step('three notches back, one asleep', () => notches(-3), others);
  await expect.poll(() => Date.now() - asleepSince, { timeout: 40_000 }).toBeGreaterThan(20_000);
  signal(laptop, 'SIGCONT');
  await settle('it is awake', [...others, sleeper]);
  await samePixels([...others, sleeper]);
});

test('one browser is killed: the others go on to another case and back; its person comes again and sees the same', async () => {
  const others = [...steady, slow, sleeper];
  await old.kill();
  await step('four notches, one killed', () => notches(4), others);
  await openCase(chair.page, 'SYNTHETIQUE Thorace');
  await settle('another case', others);
  await step('two notches in it', () => notches(2), others);
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  await settle('back to the first', others);
  old = await processOfItsOwn();
  killed = await inRoom(await chromium.connect(old.wsEndpoint()), 'radiologist@clb.demo');
  await waitUntilPainted(killed.page);
  await settle('the killed one is there again', [...others, killed]);
  await samePixels([...others, killed]);
});

test('the server is killed and started again: all eight are back on the presenter’s view', async () => {
  const all = [...steady, slow, sleeper, killed];
  await server.kill();
  for (const { page } of [chair, ...all])
    await expect(room(page)).toHaveAttribute('data-connection', /reconnecting|offline/);
  await notches(2);
  server = await startServer({ dataDir, port: server.port });
  for (const { page } of [chair, ...all])
    await expect(room(page)).toHaveAttribute('data-connection', 'live', { timeout: 60_000 });
  await settle('the server is back', all);
  await step('two notches after it', () => notches(2), all);
  await samePixels(all);
});

const processOfItsOwn = (): Promise<BrowserServer> =>
  chromium.launchServer({ headless: true, ...test.info().project.use.launchOptions });

const inRoom = (browser: Browser, account: Account): Promise<InRoom> =>
  join(browser, account, sessionId, { base: server.origin, viewport: size });

/** To the browser and all the processes it started: Playwright gives it a process group. */
function signal(browser: BrowserServer, name: NodeJS.Signals): void {
  const { pid } = browser.process();
  if (!pid) throw new Error('The browser has no process');
  process.kill(-pid, name);
}

const key = async (name: string) => {
  await viewport(chair.page).hover();
  await chair.page.keyboard.press(name);
};
const layout = (name: string) => chair.page.getByRole('combobox', { name: 'Layout' }).selectOption(name);
const liver = (seen: boolean) =>
  chair.page.getByRole('checkbox', { name: 'Liver', exact: true }).setChecked(seen);
const press = (name: string) => chair.page.getByRole('button', { name }).click();
const notches = async (count: number) => {
  await viewport(chair.page).hover();
  for (let i = 0; i < Math.abs(count); i += 1) await chair.page.mouse.wheel(0, Math.sign(count) * 100);
};

/** Something that changes what the presenter shows, after which everybody shows the new. */
async function step(name: string, act: () => Promise<unknown>, followers: readonly InRoom[]): Promise<void> {
  const before = await shownIn(chair.page);
  await act();
  await expect.poll(() => shownIn(chair.page), { message: `${name}: the presenter's view` }).not.toBe(before);
  await settle(name, followers);
}

/** Until all show the same; asked every few milliseconds, that the time told means something. */
async function settle(name: string, followers: readonly InRoom[]): Promise<void> {
  const start = performance.now();
  const different = async () => {
    const [mine, ...theirs] = await Promise.all([chair, ...followers].map(({ page }) => shownIn(page)));
    return theirs.filter((one) => one !== mine);
  };
  await expect.poll(different, { message: name, intervals: [10], timeout: 90_000 }).toEqual([]);
  settled.push({ step: name, ms: Math.round(performance.now() - start) });
  // And they know it themselves, by what they have painted.
  for (const { page } of followers)
    await expect(room(page), name).toHaveAttribute('data-standing', 'with', { timeout: 90_000 });
}

/** What all viewports of a page say that they show. */
const shownIn = (page: Page): Promise<string> =>
  page.evaluate(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('[data-viewport]')]
        .map((view) => wanted.map((one) => `${one}=${view.dataset[one]}`).join(' '))
        .join('\n'),
    names,
  );

async function samePixels(followers: readonly InRoom[]): Promise<void> {
  for (const { page } of followers)
    await expect
      .poll(() => pixelDifference(chair.page, page), { message: 'mean difference of the pixels' })
      .toBeLessThan(0.5);
}
