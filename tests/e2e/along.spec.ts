import { expect, test } from '@playwright/test';
import { expectAllSame, type InRoom, room, scroll, threeOnACase } from './room.ts';
import { expectSameView } from './support.ts';

/** Following somebody who does not present. */
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

test('F5, F7: sees what they see, reads that it is not the presenter, and is back by one key', async () => {
  test.setTimeout(180_000);
  await scroll(nuclear.page, 4);
  await surgeon.page
    .getByRole('button', { name: 'See what Dr Nadia Benali, who is not presenting, is viewing' })
    .click();
  await expect(room(surgeon.page)).toHaveAttribute('data-watching', nuclear.personId);
  await expect(surgeon.page.getByText('Following Dr Nadia Benali, not the presenter')).toBeVisible();
  await expect(nuclear.page.getByText(/^Suivi par/)).toBeVisible();
  await expectSameView(nuclear.page, surgeon.page);
  await scroll(nuclear.page, 2);
  await expectSameView(nuclear.page, surgeon.page);
  await surgeon.page.keyboard.press('f');
  await expect(room(surgeon.page)).toHaveAttribute('data-watching', '');
  await expectAllSame(chair.page, [surgeon.page]);
  await expect(nuclear.page.getByText(/^Suivi par/)).toBeHidden();
});
