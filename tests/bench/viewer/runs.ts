import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openEye } from './eye.ts';
import type { ViewerUnderTest } from './viewers.ts';

/** Times of one round with one viewer, in milliseconds since the navigation began; NaN for what was not asked. */
export type Round = {
  coldFirst: number;
  coldAll: number;
  warmFirst: number;
  warmAll: number;
  contours: number;
  /** Steps of the wheel a second, each painted before the next is made. */
  wheel: number;
  /** The same from when the page has the notch, without the browser's own way to it. */
  wheelHanded: number;
};

const NO_WHEEL = { wheel: Number.NaN, wheelHanded: Number.NaN };

export type Profile = 'local' | '4g';
export type RunOptions = { greys: number[][]; profile: Profile; wheelSteps: number };

const PATIENCE_MS = 240_000;
const WARM_UP_STEPS = 5;
/** What Chromium's own tools call fast 4G. */
const FAST_4G = {
  offline: false,
  latency: 165,
  downloadThroughput: (9e6 * 0.9) / 8,
  uploadThroughput: (1.5e6 * 0.9) / 8,
};

/** A browser that has seen nothing yet opens the study, then once more with what it kept, then for its contours. */
export async function oneRound(
  browser: Browser,
  viewer: ViewerUnderTest,
  options: RunOptions,
): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    await viewer.prepare(context);
    const whole = options.profile === 'local';
    // Who closes the page before the viewer is there has not opened it: nothing of it would be kept for the next time.
    const loaded = async (page: Page) => ({
      first: await firstImage(page, viewer),
      started: await when(page, viewer.started),
      all: whole ? await when(page, viewer.allDecoded) : Number.NaN,
    });
    const cold = await inPage(context, viewer, options, async (page) => ({
      ...(await loaded(page)),
      ...(whole ? await wheel(page, viewer, options.wheelSteps) : NO_WHEEL),
    }));
    const warm = await inPage(context, viewer, options, loaded);
    const contours = await inPage(context, viewer, options, async (page) => {
      const drawn = when(page, viewer.contoursDrawn);
      await viewer.askForContours(page);
      return drawn;
    });
    return {
      coldFirst: cold.first,
      coldAll: cold.all,
      warmFirst: warm.first,
      warmAll: warm.all,
      contours,
      wheel: cold.wheel,
      wheelHanded: cold.wheelHanded,
    };
  } finally {
    await context.close();
  }
}

/** Does something on a fresh page that is on its way to the study. */
async function inPage<T>(
  context: BrowserContext,
  viewer: ViewerUnderTest,
  { greys, profile }: RunOptions,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await context.newPage();
  await openEye(page, { canvas: viewer.canvas, greys });
  if (profile === '4g') {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', FAST_4G);
  }
  await page.goto(viewer.url, { waitUntil: 'commit' });
  const result = await act(page);
  await page.close();
  return result;
}

const when = (page: Page, condition: string): Promise<number> =>
  page.evaluate((text) => window.eye.until(new Function(`return ${text}`) as () => boolean), condition);

async function firstImage(page: Page, viewer: ViewerUnderTest): Promise<number> {
  const first = await page.evaluate(async () => {
    await window.eye.until(() => window.eye.first !== null);
    return window.eye.first;
  });
  if (first?.slice !== viewer.firstSlice)
    throw new Error(`${viewer.name} showed image ${first?.slice} first, not ${viewer.firstSlice}`);
  return first.at;
}

/**
 * Notches of the wheel by the browser's own input, each when the one before is painted: steps a second of the time from
 * the input event, and from the page's being handed it, to the frame that holds the next image.
 */
async function wheel(
  page: Page,
  viewer: ViewerUnderTest,
  steps: number,
): Promise<Pick<Round, 'wheel' | 'wheelHanded'>> {
  await page.locator(viewer.canvas).first().hover({ force: true });
  const took = { sinceInput: 0, sinceHanded: 0 };
  const from = await page.evaluate(() => window.eye.slice());
  for (let step = -WARM_UP_STEPS; step < steps; step += 1) {
    // Input and questions reach the page by ways of their own: the question must have arrived before.
    await page.evaluate(() => window.eye.expectStep());
    await page.mouse.wheel(0, 100);
    const { sinceInput, sinceHanded } = await page.evaluate(() => window.eye.step);
    if (step < 0) continue;
    took.sinceInput += sinceInput;
    took.sinceHanded += sinceHanded;
  }
  const to = await page.evaluate(() => window.eye.slice());
  const moved = Math.abs((to ?? 0) - (from ?? 0));
  if (moved !== steps + WARM_UP_STEPS)
    throw new Error(`${viewer.name}: ${steps + WARM_UP_STEPS} steps moved by ${moved} images`);
  const perSecond = (ms: number) => (steps * 1000) / ms;
  return { wheel: perSecond(took.sinceInput), wheelHanded: perSecond(took.sinceHanded) };
}
