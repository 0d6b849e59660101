import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { demonstrationSession, join, openCase } from './room.ts';
import { type Account, type Language, origin, personIn } from './support.ts';

async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(found, `axe on ${name}`).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} is not wider than the window`).toBeLessThanOrEqual(0);
}

async function visitAll(page: Page, paths: readonly string[], name: (path: string) => string): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator('h1').first()).toBeVisible();
    await expectAccessible(page, name(path));
  }
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
    for (const [email, paths] of Object.entries(pages)) {
      const { context, page } = await personIn(browser, email as Account, { language });
      const narrow = await context.newPage();
      await narrow.setViewportSize({ width: 390, height: 844 });
      // Both widths at once: axe keeps one core busy at a time.
      await Promise.all([
        visitAll(page, paths, (path) => `${path} (${email})`),
        visitAll(narrow, paths, (path) => `${path} (${email}, narrow)`),
      ]);
      await context.close();
    }
  });

  test(`axe finds nothing in the viewer and in the room, in ${language}`, async ({ browser }) => {
    const sessionId = await demonstrationSession(browser);
    const chair = await join(browser, 'chair@igr.demo', sessionId);
    await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
    const { page } = await join(browser, 'physicist@clb.demo', sessionId, { language });
    await expect(page.locator('[data-viewer][data-complete="true"]')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page, 'the room');
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, 'the room, narrow');
    await page.context().close();
    const { cases } = await (await chair.page.request.get('/api/cases')).json();
    await chair.page.goto(`/cases/${cases[0].id}/view`);
    await expect(chair.page.locator('[data-viewer][data-complete="true"]')).toBeVisible({ timeout: 60_000 });
    await chair.page.keyboard.press('?');
    await expect(chair.page.getByRole('dialog')).toBeVisible();
    await expectAccessible(chair.page, 'the viewer');
    await chair.page.context().close();
  });
}
