import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import config from '../../../playwright.config.ts';
import { openCase } from '../../e2e/room.ts';
import { type Account, personIn, todaysSession, viewport, waitUntilPainted } from '../../e2e/support.ts';
import { howMuchRecorded, startRecording } from './recorder.ts';
import { type Limit, repeat } from './repeat.ts';

export type Seat = { browser: Browser; context: BrowserContext; page: Page };
export type Meeting = { presenter: Seat; follower: Seat; sessionId: string; chromium: string };

const CASE = 'SYNTHETIQUE Hodgkine';

/** Two browsers, each its own process with its own profile: the chair presents, another centre's doctor follows. */
export async function startMeeting(base: string): Promise<Meeting> {
  const presenter = await takeSeat('chair@igr.demo', base);
  const follower = await takeSeat('nuclear@clb.demo', base);
  const { id: sessionId } = await todaysSession(presenter.context, base);
  for (const { page } of [presenter, follower]) {
    await page.goto(`/sessions/${sessionId}/room`);
    await page.locator('[data-room][data-connection="live"]').waitFor();
  }
  await openCase(presenter.page, CASE);
  await waitUntilPainted(follower.page);
  for (const { page } of [presenter, follower]) await allImagesDecoded(page);
  return { presenter, follower, sessionId, chromium: presenter.browser.version() };
}

async function takeSeat(account: Account, base: string): Promise<Seat> {
  const browser = await chromium.launch({ headless: true, ...config.use?.launchOptions });
  const { context, page } = await personIn(browser, account, { base });
  await startRecording(page);
  return { browser, context, page };
}

/** Every image of the shown series is in the page's memory: fetching and decoding are not what is measured. */
async function allImagesDecoded(page: Page): Promise<void> {
  await page.locator('[data-viewer][data-complete="true"]').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector('[data-viewer] progress') === null, undefined, {
    timeout: 120_000,
    polling: 250,
  });
}

/** Cookies of a signed-in browser as a header, for clients that are no browser. */
export async function cookieHeader(context: BrowserContext): Promise<Record<string, string>> {
  const cookies = await context.cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

// ------------------------------------------------------------------------------------------------------- the hands

/** Longer than a step takes, and never in time with the screen. */
const pause = () => pass(150 + Math.random() * 17);
const pass = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const REACH = 12;
/** Up and down around where it began, by one each time. */
const direction = (step: number) => (Math.floor((step + REACH / 2) / REACH) % 2 === 0 ? 1 : -1);

/** One notch of the wheel at a time, each when the one before has arrived. */
export async function scrollStepByStep(page: Page, limit: Limit): Promise<number> {
  await viewport(page).hover();
  await pause();
  return repeat(limit, async (step) => {
    await page.mouse.wheel(0, 100 * direction(step));
    await pause();
  });
}

/** Window and level by dragging, one movement at a time. */
export async function windowStepByStep(page: Page, limit: Limit): Promise<number> {
  const box = await viewport(page).boundingBox();
  if (!box) throw new Error('The viewport is not on the page');
  let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await pause();
  const done = await repeat(limit, async (step) => {
    x += 4 * direction(step);
    y += 2 * direction(step);
    await page.mouse.move(x, y);
    await pause();
  });
  await page.mouse.up();
  await pause();
  return done;
}

/** Turns the wheel as a hand does that looks for something: thirty notches a second, whatever arrives. */
export async function scrollInOneGo(page: Page, notches: number, perSecond: number): Promise<number> {
  const began = performance.now();
  const turns: Promise<void>[] = [];
  for (let notch = 0; notch < notches; notch += 1) {
    await pass(Math.max(0, began + (notch * 1000) / perSecond - performance.now()));
    turns.push(page.mouse.wheel(0, 100 * direction(notch)));
  }
  await Promise.all(turns);
  return notches;
}

const STILL_MS = 500;
const QUIET_WITHIN_MS = 15_000;

/** Until neither page has handled, sent, received or painted anything for a while. */
export async function untilQuiet({ presenter, follower }: Meeting): Promise<void> {
  const count = async () =>
    (await Promise.all([presenter, follower].map(({ page }) => howMuchRecorded(page)))).join();
  const until = performance.now() + QUIET_WITHIN_MS;
  let before = '';
  let now = await count();
  while (now !== before && performance.now() < until) {
    await pass(STILL_MS);
    before = now;
    now = await count();
  }
}
