import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import config from '../../../playwright.config.ts';
import { openCase } from '../../e2e/room.ts';
import { type Account, personIn, todaysSession, viewport } from '../../e2e/support.ts';
import { showsFrame } from './match.ts';
import { latestOf, startRecording } from './recorder.ts';
import { type Limit, repeat } from './repeat.ts';

export type Seat = { browser: Browser; context: BrowserContext; page: Page };
export type Meeting = { presenter: Seat; follower: Seat; sessionId: string; chromium: string };

/** Opening the case is not measured, and may take its time on a busy machine. */
const PATIENCE_MS = 90_000;
const CASE = 'SYNTHETIQUE Hodgkine';

/** Two browsers, each its own process with its own profile: the chair presents, another centre's doctor follows. */
export async function startMeeting(base: string): Promise<Meeting> {
  const presenter = await takeSeat('chair@igr.demo', base);
  const follower = await takeSeat('nuclear@clb.demo', base);
  const { id: sessionId } = await todaysSession(presenter.context, base);
  for (const { page } of [presenter, follower]) {
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`/sessions/${sessionId}/room`);
    await page.locator('[data-room][data-connection="live"]').waitFor();
  }
  await openCase(presenter.page, CASE);
  for (const { page } of [presenter, follower]) await allImagesDecoded(page);
  return { presenter, follower, sessionId, chromium: presenter.browser.version() };
}

export async function endMeeting({ presenter, follower }: Meeting): Promise<void> {
  await Promise.all([presenter.browser.close(), follower.browser.close()]);
}

async function takeSeat(account: Account, base: string): Promise<Seat> {
  const browser = await chromium.launch({ headless: true, ...config.use?.launchOptions });
  const { context, page } = await personIn(browser, account, { base });
  await startRecording(page);
  return { browser, context, page };
}

/** Every image of the shown series is in the page's memory: fetching and decoding are not what is measured. */
async function allImagesDecoded(page: Page): Promise<void> {
  await page.locator('[data-viewer][data-complete="true"] [data-painted]').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[data-viewer] progress') === null, undefined, {
    polling: 250,
  });
}

/** Cookies of a signed-in browser as a header, for clients that are no browser. */
export async function cookieHeader(context: BrowserContext): Promise<Record<string, string>> {
  const cookies = await context.cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

// ------------------------------------------------------------------------------------------------------- the hands

/** What is left of a step after its first frame, and never in time with the screen. */
const pause = () => pass(150 + Math.random() * 17);
const pass = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const LOST_AFTER_MS = 2000;

/** Does something, and waits until the follower has painted and calmed down. */
async function oneStep({ follower }: Meeting, act: () => Promise<void>): Promise<void> {
  const painted = follower.page.evaluate(
    (lostAfterMs) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => done());
        const lost = setTimeout(() => done(), lostAfterMs);
        const done = () => {
          observer.disconnect();
          clearTimeout(lost);
          resolve();
        };
        observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-painted'] });
      }),
    LOST_AFTER_MS,
  );
  await act();
  await painted;
  await pause();
}

const REACH = 12;
/** Up and down around where it began, by one each time. */
const direction = (step: number) => (Math.floor((step + REACH / 2) / REACH) % 2 === 0 ? 1 : -1);

/** One notch of the wheel at a time, each when the one before has arrived. Returns how many. */
export async function scrollStepByStep(meeting: Meeting, limit: Limit): Promise<number> {
  const { page } = meeting.presenter;
  await viewport(page).hover();
  await pause();
  return repeat(limit, (step) => oneStep(meeting, () => page.mouse.wheel(0, 100 * direction(step))));
}

/** Window and level by dragging, one movement at a time. Returns how many. */
export async function windowStepByStep(meeting: Meeting, limit: Limit): Promise<number> {
  const { page } = meeting.presenter;
  const box = await viewport(page).boundingBox();
  if (!box) throw new Error('The viewport is not on the page');
  let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await pause();
  const done = await repeat(limit, (step) => {
    x += 4 * direction(step);
    y += 2 * direction(step);
    return oneStep(meeting, () => page.mouse.move(x, y));
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
const QUIET_WITHIN_MS = 20_000;

/** Until the follower shows what the presenter sent last and neither page records anything more; not for ever. */
export async function untilQuiet({ presenter, follower }: Meeting): Promise<void> {
  const until = performance.now() + QUIET_WITHIN_MS;
  let before = '';
  while (performance.now() < until) {
    const [theirs, ours] = await Promise.all([latestOf(presenter.page), latestOf(follower.page)]);
    const now = `${theirs.count} ${ours.count}`;
    const arrived = theirs.sent === undefined || showsFrame(ours.views, theirs.sent);
    if (arrived && now === before) return;
    before = now;
    await pass(STILL_MS);
  }
}
