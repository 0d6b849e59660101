import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { DEMO_PASSWORD } from '../../prisma/seed/people.ts';

export const origin = () => process.env.BASE_URL ?? '';

export type Account =
  | 'secretary@igr.demo'
  | 'chair@igr.demo'
  | 'oncologist@igr.demo'
  | 'surgeon@igr.demo'
  | 'nuclear@clb.demo'
  | 'radiologist@clb.demo'
  | 'physicist@clb.demo'
  | 'referrer@city.demo'
  | 'outsider@cgfl.demo'
  | 'admin@igr.demo';

/** Signs in as an outside tool would: next-auth's own two requests. The context keeps the cookie. */
export async function signIn(context: BrowserContext, email: Account, base = origin()): Promise<void> {
  const csrf = await context.request.get(`${base}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await context.request.post(`${base}/api/auth/callback/credentials`, {
    form: { csrfToken, email, password: DEMO_PASSWORD, json: 'true', callbackUrl: base },
  });
  expect(answer.ok(), `sign-in of ${email}`).toBe(true);
  const session = (await (await context.request.get(`${base}/api/auth/session`)).json()) as {
    user?: { email?: string };
  };
  expect(session.user?.email).toBe(email);
}

export type Language = 'en' | 'fr';

/** A signed-in person in a browser of their own. */
export async function personIn(
  browser: Browser,
  email: Account,
  options: { base?: string; language?: Language; viewport?: { width: number; height: number } } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const base = options.base ?? origin();
  const context = await browser.newContext({
    baseURL: base,
    locale: options.language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: options.viewport ?? { width: 1440, height: 900 },
  });
  await signIn(context, email, base);
  await context.request.patch(`${base}/api/account`, { data: { locale: options.language ?? 'en' } });
  return { context, page: await context.newPage() };
}

/** The demonstration's session of today. */
export async function todaysSession(context: BrowserContext, base = origin()): Promise<{ id: string }> {
  const answer = await context.request.get(`${base}/api/sessions?day=today`);
  expect(answer.ok()).toBe(true);
  const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
  const session = sessions[0];
  if (!session) throw new Error('The demonstration has no session today');
  return session;
}

export const viewport = (page: Page): Locator => page.locator('[data-viewport][data-painted]').first();

/** The attributes that say what a viewport shows; compared between browsers. */
export async function shown(view: Locator): Promise<Record<string, string | null>> {
  const names = ['series-uid', 'sop-uid', 'frame-of-reference', 'focal-mm', 'normal', 'voi', 'zoom', 'rois'];
  const pairs = await Promise.all(
    names.map(async (name) => [name, await view.getAttribute(`data-${name}`)] as const),
  );
  return Object.fromEntries(pairs);
}

export async function waitUntilPainted(page: Page): Promise<Locator> {
  const view = viewport(page);
  await expect
    .poll(async () => Number(await view.getAttribute('data-painted')), {
      timeout: 90_000,
      message: 'a painted frame',
    })
    .toBeGreaterThan(0);
  return view;
}

/** Waits until a follower shows what the presenter shows, attribute by attribute. */
export async function expectSameView(presenter: Page, follower: Page): Promise<void> {
  const differences = async () => {
    const [theirs, mine] = await Promise.all([shown(viewport(presenter)), shown(viewport(follower))]);
    return Object.keys(theirs).flatMap((name) =>
      theirs[name] === mine[name] ? [] : [`${name}: ${theirs[name]} / ${mine[name]}`],
    );
  };
  await expect.poll(differences, { message: 'the follower shows what the presenter shows' }).toEqual([]);
}

/** Mean absolute difference of two viewports' pixels, 0 to 255. Same window sizes are assumed. */
export async function pixelDifference(a: Page, b: Page): Promise<number> {
  const [first, second] = await Promise.all([pixels(a), pixels(b)]);
  expect(second.length).toBe(first.length);
  let sum = 0;
  for (let i = 0; i < first.length; i += 1) sum += Math.abs((first[i] ?? 0) - (second[i] ?? 0));
  return sum / first.length;
}

/** What the viewport's canvases hold: the image and the contours, without the pointers and words above them. */
async function pixels(page: Page): Promise<Buffer> {
  const png = await viewport(page).evaluate((element) => {
    const canvases = [...element.querySelectorAll('canvas')];
    const { width, height } = canvases[0] ?? { width: 1, height: 1 };
    const flat = document.createElement('canvas');
    flat.width = width;
    flat.height = height;
    const context = flat.getContext('2d');
    for (const canvas of canvases) {
      if (canvas.dataset.layer !== 'pointers') context?.drawImage(canvas, 0, 0, width, height);
    }
    return flat.toDataURL('image/png').split(',')[1] ?? '';
  });
  return sharp(Buffer.from(png, 'base64')).removeAlpha().raw().toBuffer();
}
