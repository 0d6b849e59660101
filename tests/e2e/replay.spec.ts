import { expect, test } from '@playwright/test';
import { expectAxeFindsNothing } from './axe.ts';
import { demonstrationSession, type InRoom, join, openCase, scroll } from './room.ts';
import { viewport } from './support.ts';

/** What is presented is recorded, and replayed at eight times the speed to the same picture. */
test('a session is replayed to the last view that its presenter showed; a mark leads to its moment', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const sessionId = await demonstrationSession(browser);
  const { page }: InRoom = await join(browser, 'chair@igr.demo', sessionId);
  await expect(page.locator('[data-recording="true"]')).toContainText('Recorded');
  await openCase(page, 'SYNTHETIQUE Hodgkine');
  await scroll(page, 4);
  await page.keyboard.press('Shift+B');
  await page.getByRole('textbox', { name: 'Words, if any' }).fill('the node');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-announcement]')).toContainText('marked this moment');
  await scroll(page, 3);
  await page.keyboard.press('2');
  await expect(viewport(page)).toHaveAttribute('data-voi', '-600.0,1500.0');
  const focal = (await viewport(page).getAttribute('data-focal-mm')) ?? '';

  await page.goto(`/sessions/${sessionId}/replay`);
  const replay = page.locator('[data-replay]');
  await page
    .getByRole('button', { name: /the node/ })
    .last()
    .click();
  await expect(replay).toHaveAttribute('data-seq', /\d/);
  await expectAxeFindsNothing(page);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(replay).toHaveAttribute('data-playing', 'false', { timeout: 120_000 });
  await expect(viewport(page)).toHaveAttribute('data-voi', '-600.0,1500.0', { timeout: 60_000 });
  await expect(viewport(page)).toHaveAttribute('data-focal-mm', focal);
  await page.context().close();
});
