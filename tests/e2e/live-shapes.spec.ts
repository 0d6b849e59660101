import { expect, type Page, test } from '@playwright/test';
import { expectAllSame, type InRoom, room, scroll, threeOnACase } from './room.ts';
import { viewport } from './support.ts';

/** What the presenter's window holds is in everybody's, whatever its shape. */
test.describe.configure({ mode: 'serial' });

let chair: InRoom;
let nuclear: InRoom;
let surgeon: InRoom;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  ({ chair, nuclear, surgeon } = await threeOnACase(browser));
  await chair.page.setViewportSize({ width: 1600, height: 600 });
  await nuclear.page.setViewportSize({ width: 1040, height: 1200 });
  await chair.page.getByRole('combobox', { name: 'Layout' }).selectOption('single');
  for (const { page } of [chair, nuclear, surgeon])
    await expect(page.locator('[data-viewport]')).toHaveCount(1);
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear, surgeon]) await page.context().close();
});

/** Where in a page's picture, 0 to 1, somebody's pointer lies. */
async function seenAt(page: Page, personId: string): Promise<[number, number]> {
  const [pointer, picture] = await Promise.all([
    page.locator(`[data-pointer="${personId}"]`).boundingBox(),
    viewport(page).boundingBox(),
  ]);
  if (!pointer || !picture) return [Number.NaN, Number.NaN];
  return [(pointer.x - picture.x) / picture.width, (pointer.y - picture.y) / picture.height];
}

async function expectCornersSeen(by: InRoom, others: readonly InRoom[]): Promise<void> {
  const box = await viewport(by.page).boundingBox();
  if (!box) throw new Error('no picture');
  for (const [x, y] of [
    [4, 4],
    [box.width - 4, box.height - 4],
  ] as const) {
    await by.page.mouse.move(box.x + x - 2, box.y + y);
    await by.page.mouse.move(box.x + x, box.y + y);
    for (const { page } of others)
      await expect
        .poll(async () => (await seenAt(page, by.personId)).every((at) => at >= 0 && at <= 1), {
          message: `the presenter's ${x}, ${y}`,
        })
        .toBe(true);
  }
}

test('both ends of a wide window are in a narrow one, enlarged and moved', async () => {
  const view = viewport(chair.page);
  await view.hover();
  for (let press = 0; press < 6; press += 1) await chair.page.keyboard.press('+');
  await scroll(chair.page, 2);
  await expectAllSame(chair.page, [nuclear.page, surgeon.page]);
  await expectCornersSeen(chair, [nuclear, surgeon]);
});

test('a presenter whose window becomes another is followed', async () => {
  await chair.page.setViewportSize({ width: 1100, height: 1100 });
  await expectAllSame(chair.page, [nuclear.page, surgeon.page]);
  await expectCornersSeen(chair, [nuclear, surgeon]);
});

test('whoever moves from there keeps the picture, and brings all of it along as presenter', async () => {
  await chair.page.setViewportSize({ width: 1600, height: 600 });
  await expectAllSame(chair.page, [nuclear.page]);
  await viewport(nuclear.page).hover();
  const before = await viewport(nuclear.page).getAttribute('data-zoom');
  await nuclear.page.mouse.wheel(0, 100);
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'false');
  // The same picture, told of a window of its own.
  await expect(viewport(nuclear.page)).not.toHaveAttribute('data-zoom', before ?? '');
  await chair.page.getByRole('button', { name: 'Give control to Dr Nadia Benali' }).first().click();
  await expectAllSame(nuclear.page, [chair.page, surgeon.page]);
  await expectCornersSeen(nuclear, [chair, surgeon]);
  await chair.page.getByRole('button', { name: 'Take control back' }).first().click();
  await expect(room(nuclear.page)).toHaveAttribute('data-presenter', chair.personId);
});

test('whoever is given control while following shows it by their own window from then on', async () => {
  await expectAllSame(chair.page, [nuclear.page, surgeon.page]);
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
  await chair.page.getByRole('button', { name: 'Give control to Dr Nadia Benali' }).first().click();
  await expect(room(nuclear.page)).toHaveAttribute('data-presenter', nuclear.personId);
  await expectCornersSeen(nuclear, [chair, surgeon]);
  await expectAllSame(nuclear.page, [chair.page, surgeon.page]);
  await chair.page.getByRole('button', { name: 'Take control back' }).first().click();
  await expect(room(nuclear.page)).toHaveAttribute('data-presenter', chair.personId);
});
