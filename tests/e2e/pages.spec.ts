import { expect, type Page, test } from '@playwright/test';
import { expectAxeFindsNothing } from './axe.ts';
import { demonstrationSession, type InRoom, join, openCase } from './room.ts';
import { type Account, type Language, origin, personIn } from './support.ts';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

async function expectAccessible(page: Page, name: string): Promise<void> {
  await expectAxeFindsNothing(page, name);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} is not wider than the window`).toBeLessThanOrEqual(0);
}

/** Each page wide, then narrow, without being loaded anew. */
async function visitAll(page: Page, paths: readonly string[], email: Account): Promise<void> {
  for (const path of paths) {
    await page.setViewportSize(WIDE);
    await page.goto(path);
    await expect(page.locator('h1').first()).toBeVisible();
    await expectAccessible(page, `${path} (${email})`);
    await page.setViewportSize(NARROW);
    await expectAccessible(page, `${path} (${email}, narrow)`);
  }
}

/** The viewer's tools stand in one line, all of them on the page. */
async function expectOneLine(page: Page, name: string): Promise<void> {
  const bar = page.getByRole('toolbar').first();
  const reach = await bar.evaluate((element) => {
    const { right, bottom, top } = element.getBoundingClientRect();
    const tools = [...element.querySelectorAll('button, select')].map((tool) => tool.getBoundingClientRect());
    const seen = tools.filter(({ width }) => width > 0);
    const lefts = seen.map(({ left }) => left).sort((a, b) => a - b);
    return {
      lines: new Set(seen.map((tool) => Math.round(tool.top))).size,
      height: bottom - top,
      beyond: seen.filter((tool) => tool.right > right).length,
      overlapping: lefts.filter((left, index) => left - (lefts[index - 1] ?? 0) < 28 && index > 0).length,
    };
  });
  expect(reach, `the toolbar of ${name}`).toMatchObject({ lines: 1, beyond: 0, overlapping: 0 });
  expect(reach.height).toBeLessThan(44);
}

/** What tells the patient's sides is never under words, a scale or a table of colours. */
async function expectMarksClear(page: Page, name: string): Promise<void> {
  const covered = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-orientation]')].flatMap((mark) => {
        const own = mark.getBoundingClientRect();
        const beside = '[data-legend], [data-banner], [data-series-words], [data-figures], [data-scale-mm]';
        return [...(mark.parentElement?.querySelectorAll(beside) ?? [])]
          .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left < own.right && own.left < right && top < own.bottom && own.top < bottom;
          })
          .map((one) => `${mark.textContent} under ${one.textContent}`);
      }),
    );
  await expect(page.locator('[data-orientation]').first()).toBeVisible();
  await expect.poll(covered, { message: `marks of ${name}` }).toEqual([]);
}

for (const language of ['en', 'fr'] as const satisfies readonly Language[]) {
  test(`axe finds nothing on any page, in ${language}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const anonymous = await browser.newContext({
      baseURL: origin(),
      locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    });
    const signIn = await anonymous.newPage();
    await signIn.goto('/sign-in');
    await expectAccessible(signIn, '/sign-in');
    await anonymous.close();

    const sessionId = await demonstrationSession(browser);
    const chair = await personIn(browser, 'chair@igr.demo', { language });
    const { cases } = await (await chair.context.request.get('/api/cases')).json();
    const { studies } = await (await chair.context.request.get('/api/studies')).json();
    const { boards } = await (await chair.context.request.get('/api/boards')).json();
    const { agenda } = await (await chair.context.request.get(`/api/sessions/${sessionId}`)).json();
    await chair.context.close();
    const pages: Partial<Record<Account, string[]>> = {
      'secretary@igr.demo': [
        '/',
        '/boards',
        '/boards/new',
        `/boards/${boards[0].id}`,
        `/sessions/${sessionId}`,
        '/cases',
        '/cases/new',
        `/cases/${cases[0].id}`,
        '/studies',
        `/studies/${studies[0].id}`,
        '/network',
        `/decisions/${agenda[0].id}`,
        '/account',
        '/nothing-here',
      ],
      'referrer@city.demo': ['/', '/cases', '/studies'],
      'admin@igr.demo': [
        '/',
        '/people',
        '/audit',
        '/quarantine',
        '/network',
        '/studies/hidden',
        `/studies/${studies[0].id}`,
      ],
      'outsider@cgfl.demo': ['/', '/boards', '/cases', '/studies'],
    };
    // Two people at once: axe keeps one core busy at a time.
    const waiting = Object.entries(pages) as [Account, string[]][];
    const visitNext = async (): Promise<void> => {
      const next = waiting.shift();
      if (!next) return;
      const { context, page } = await personIn(browser, next[0], { language });
      await visitAll(page, next[1], next[0]);
      await context.close();
      await visitNext();
    };
    await Promise.all([visitNext(), visitNext()]);
  });
}

test.describe('the viewer and the room', () => {
  let chair: InRoom;
  let sessionId: string;

  test.beforeAll(async ({ browser }) => {
    sessionId = await demonstrationSession(browser);
    chair = await join(browser, 'chair@igr.demo', sessionId);
    await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  });
  test.afterAll(() => chair.page.context().close());

  for (const language of ['en', 'fr'] as const satisfies readonly Language[])
    test(`axe finds nothing, and tools stand in one line at any width, in ${language}`, async ({
      browser,
    }) => {
      const { page } = await join(browser, 'physicist@clb.demo', sessionId, { language });
      await expect(page.locator('[data-viewer][data-complete="true"]')).toBeVisible({ timeout: 60_000 });
      await expectAccessible(page, 'the room');
      for (const width of [1440, 1280, 1100, 960, 780, 640]) {
        await page.setViewportSize({ width, height: 844 });
        await expectOneLine(page, `the room at ${width}`);
        await expectMarksClear(page, `the room at ${width}`);
      }
      await page.setViewportSize(NARROW);
      await expectOneLine(page, 'the room, narrow');
      await expectMarksClear(page, 'the room, narrow');
      await expectAccessible(page, 'the room, narrow');
      // A group that stands behind a button: opened by the keyboard, left by Escape, which gives the focus back.
      const opener = page.getByRole('button', { name: language === 'fr' ? /^Vues$/ : /^Views$/ });
      await opener.focus();
      await page.keyboard.press('Enter');
      const layout = page.getByRole('combobox', { name: language === 'fr' ? 'Disposition' : 'Layout' });
      await expect(layout).toBeVisible();
      await page.keyboard.press('Tab');
      await expect(layout).toBeFocused();
      await expectAccessible(page, 'a menu of the toolbar');
      await page.keyboard.press('Escape');
      await expect(layout).toBeHidden();
      await expect(opener).toBeFocused();

      await page.setViewportSize({ width: 1280, height: 800 });
      const { cases } = await (await page.request.get('/api/cases')).json();
      await page.goto(`/cases/${cases[0].id}/view`);
      await expect(page.locator('[data-viewer][data-complete="true"]')).toBeVisible({ timeout: 60_000 });
      await expectOneLine(page, 'the viewer');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'the viewer');
      await page.context().close();
    });
});
