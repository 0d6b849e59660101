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
  await page.getByRole('textbox', { name: 'Comment (optional)' }).fill('the node');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-announcement]')).toContainText('marked this moment');
  await expect(page.getByRole('textbox', { name: 'Comment (optional)' })).toHaveCount(0);
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

  // Back to before the case's first view: the later one is not shown as if it had been.
  const marked = page.getByRole('button', { name: /the node/ }).last();
  const nothing = page.getByText('Nothing of this case was shared yet at this moment.');
  await expect(nothing).toHaveCount(0);
  await page
    .getByRole('button', { name: /Case opened: SYNTHETIQUE Hodgkine/ })
    .first()
    .click();
  await expect(replay).toHaveAttribute('data-seq', '');
  await expect(nothing).toBeVisible();
  await marked.click();
  await expect(nothing).toHaveCount(0);

  // A move by hand is the reader's own, and says so until the recorded view is back.
  const place = page.getByText(/^Image \d+ of \d+$/).first();
  const recorded = (await place.textContent()) ?? '';
  const own = page.getByRole('button', { name: 'Your own view: return to the recorded one' });
  await scroll(page, 2);
  await expect(own).toBeVisible();
  await expectAxeFindsNothing(page);
  await own.click();
  await expect(place).toHaveText(recorded);
  await expect(own).toHaveCount(0);
  await scroll(page, 2);
  await page.keyboard.press('f');
  await expect(place).toHaveText(recorded);
  // Playing on brings the recorded one back, or one of the three after it.
  await scroll(page, -2);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(own).toHaveCount(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  const at = Number(/\d+/.exec(recorded)?.[0]);
  await expect(place).toHaveText(new RegExp(`^Image (${[at, at + 1, at + 2, at + 3].join('|')}) `));
  await marked.click();

  await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(replay).toHaveAttribute('data-playing', 'false', { timeout: 120_000 });
  await expect(viewport(page)).toHaveAttribute('data-voi', '-600.0,1500.0', { timeout: 60_000 });
  await expect(viewport(page)).toHaveAttribute('data-focal-mm', focal);
  await page.context().close();
});
