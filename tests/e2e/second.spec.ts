import { expect, test } from '@playwright/test';
import { expectAllSame, type InRoom, room, scroll, threeOnACase } from './room.ts';
import { expectSameView } from './support.ts';

/** Two show side by side: one key goes between what they show, and the presenter knows who sees whom. */
let chair: InRoom;
let nuclear: InRoom;
let surgeon: InRoom;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ chair, nuclear, surgeon } = await threeOnACase(browser));
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear, surgeon]) await page.context().close();
});

test('a second presenter is named, seen by one key, known by whom, and taken back', async () => {
  test.setTimeout(240_000);
  await chair.page.getByRole('button', { name: 'More actions for Dr Nadia Benali' }).click();
  await chair.page.getByRole('button', { name: 'Make second presenter: Dr Nadia Benali' }).click();
  for (const { page } of [chair, nuclear, surgeon])
    await expect(room(page)).toHaveAttribute('data-second', nuclear.personId);
  await expect(nuclear.page.getByText('Vous êtes second présentateur', { exact: true })).toBeVisible();
  await expect(surgeon.page.locator('[data-announcement]')).toContainText('press Shift+D');
  await scroll(nuclear.page, 4);
  await surgeon.page.keyboard.press('Shift+D');
  await expect(room(surgeon.page)).toHaveAttribute('data-watching', nuclear.personId);
  await expect(surgeon.page.getByText('Following Dr Nadia Benali, the second presenter')).toBeVisible();
  await expectSameView(nuclear.page, surgeon.page);
  const standing = chair.page.locator(`[data-person="${surgeon.personId}"] [data-standing]`);
  await expect(standing).toHaveAttribute('data-standing', 'second');
  await expect(standing).toHaveText('sees the second presenter');
  await expect(room(surgeon.page)).toHaveAttribute('data-along', 'with');
  await surgeon.page.keyboard.press('Shift+D');
  await expectAllSame(chair.page, [surgeon.page]);
  await expect(standing).toHaveAttribute('data-standing', 'with');
  await chair.page.getByRole('button', { name: 'Remove as second presenter: Dr Nadia Benali' }).click();
  await expect(surgeon.page.getByRole('button', { name: /the second presenter/ })).toHaveCount(0);
});
