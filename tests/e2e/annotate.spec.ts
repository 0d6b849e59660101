import { expect, type Page, test } from '@playwright/test';
import { demonstrationSession, expectAllSame, type InRoom, join, openCase, room, scroll } from './room.ts';
import { viewport, waitUntilPainted } from './support.ts';

/** Drawing for everybody, when the chair allows it. */
test.describe.configure({ mode: 'serial' });

let chair: InRoom;
let nuclear: InRoom;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const sessionId = await demonstrationSession(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  nuclear = await join(browser, 'nuclear@clb.demo', sessionId, { language: 'fr' });
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  await waitUntilPainted(nuclear.page);
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear]) await page.context().close();
});

const drawn = (page: Page, whose: 'own' | 'room' | 'view') => page.locator(`[data-whose="${whose}"]`);

/** Each at its own height: a press on a line that is there takes hold of it. */
async function drawLength(page: Page, down: number): Promise<void> {
  const box = await viewport(page).boundingBox();
  if (!box) throw new Error('No viewport');
  await page.keyboard.press('l');
  await page.mouse.move(box.x + 100, box.y + down);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + down + 40, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

test('C21: who may not annotate draws for themselves, and reads that', async () => {
  await drawLength(nuclear.page, 120);
  await expect(drawn(nuclear.page, 'own')).toContainText('Visible par vous uniquement');
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
  await scroll(chair.page, 1);
  await expectAllSame(chair.page, [nuclear.page]);
  await expect(drawn(nuclear.page, 'own')).toHaveCount(1);
  await expect(chair.page.locator('[data-whose]')).toHaveCount(0);
});

test('who is allowed to draws for everybody, under their name, at the same place, and it stays', async () => {
  await chair.page.getByRole('button', { name: 'More actions for Dr Nadia Benali' }).click();
  await chair.page.getByRole('button', { name: 'Allow annotating: Dr Nadia Benali' }).click();
  await expect(nuclear.page.getByText('Vous pouvez annoter', { exact: true })).toBeVisible();
  await expect(chair.page.locator(`[data-person="${nuclear.personId}"]`)).toContainText('may annotate');
  await drawLength(nuclear.page, 70);
  await expect(drawn(chair.page, 'room')).toContainText('Dr Nadia Benali');
  const figure = async (page: Page) => {
    const said = (await drawn(page, 'room').locator('[data-reading]').textContent()) ?? '';
    return /[\d.,]+/.exec(said)?.[0].replace(',', '.');
  };
  await expect.poll(() => figure(nuclear.page)).toBe(await figure(chair.page));
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
  await expectAllSame(chair.page, [nuclear.page]);
  await nuclear.page.getByRole('button', { name: /^Montrer à tous/ }).click();
  await expect(drawn(chair.page, 'room')).toHaveCount(2);
  await expect(drawn(nuclear.page, 'own')).toHaveCount(0);
  await nuclear.page.reload();
  await expect(drawn(nuclear.page, 'room')).toHaveCount(2, { timeout: 60_000 });
});

test('a bookmark of the decision shows what was drawn for everybody then', async () => {
  await chair.page.getByRole('textbox', { name: 'Proposal' }).focus();
  await chair.page.getByRole('button', { name: 'Proposal: bookmark the current view' }).click();
  const link = chair.page.locator('[data-bookmarks=proposal] a').last();
  await expect(link).toBeVisible();
  const page = await chair.page.context().newPage();
  await page.goto((await link.getAttribute('href')) ?? '');
  await waitUntilPainted(page);
  await expect(drawn(page, 'room')).toHaveCount(2);
  await expect(drawn(page, 'room').first()).toContainText('Dr Nadia Benali');
  await page.screenshot({ path: 'test-results/bookmark-drawn.png' });
  await page.close();
});

test('its author takes it away, and so does the chair, who takes the right back', async () => {
  const remove = (page: Page, words: RegExp) =>
    drawn(page, 'room').first().getByRole('button', { name: words }).click();
  await remove(nuclear.page, /^Supprimer/);
  await expect(drawn(chair.page, 'room')).toHaveCount(1);
  await remove(chair.page, /^Remove/);
  await expect(drawn(nuclear.page, 'room')).toHaveCount(0);
  // They have left and come back meanwhile: their row is a new one.
  await chair.page.getByRole('button', { name: 'More actions for Dr Nadia Benali' }).click();
  await chair.page.getByRole('button', { name: 'Withdraw permission to annotate: Dr Nadia Benali' }).click();
  await expect(nuclear.page.getByText('Vous pouvez annoter', { exact: true })).toBeHidden();
});
