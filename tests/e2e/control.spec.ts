import { expect, test } from '@playwright/test';
import { demonstrationSession, expectAllSame, type InRoom, join, openCase, room, scroll } from './room.ts';
import { viewport, waitUntilPainted } from './support.ts';

/** Who may do what in the room, as people see it. */
test.describe.configure({ mode: 'serial' });

let sessionId: string;
let chair: InRoom;
let nuclear: InRoom;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  sessionId = await demonstrationSession(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  nuclear = await join(browser, 'nuclear@clb.demo', sessionId, { language: 'fr' });
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  await waitUntilPainted(nuclear.page);
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear]) await page.context().close();
});

const presents = (page: InRoom['page'], who: InRoom) =>
  expect(room(page)).toHaveAttribute('data-presenter', who.personId);

test('control for a time counts down for both, and is given back before it ends', async () => {
  await chair.page.getByRole('button', { name: 'More actions for Dr Nadia Benali' }).click();
  await chair.page.getByRole('button', { name: 'Lend control to Dr Nadia Benali for 5 minutes' }).click();
  await presents(nuclear.page, nuclear);
  await expect(chair.page.getByText(/^Control for [45]:\d\d$/)).toBeVisible();
  await expect(nuclear.page.getByText(/^Main prêtée\s: [45]:\d\d$/)).toBeVisible();
  await nuclear.page.getByRole('button', { name: 'Rendre la main' }).click();
  await presents(nuclear.page, chair);
  await expect(chair.page.getByText(/^Control for/)).toBeHidden();
});

test('an observer looks on without asking; the chair lets them take part again', async () => {
  const row = chair.page.locator(`[data-person="${nuclear.personId}"]`);
  await row.getByRole('button', { name: 'Make observer: Dr Nadia Benali' }).click();
  await expect(row).toContainText('observer');
  await expect(nuclear.page.getByText('Vous observez')).toBeVisible();
  await expect(nuclear.page.getByRole('button', { name: 'Demander la main' })).toHaveCount(0);
  await scroll(chair.page, 2);
  await expectAllSame(chair.page, [nuclear.page]);
  await row.getByRole('button', { name: 'Allow to take part: Dr Nadia Benali' }).click();
  await expect(nuclear.page.getByRole('button', { name: 'Demander la main' }).first()).toBeVisible();
});

test('an arrow and a line are seen by the others where they were drawn, and fade', async () => {
  const { page } = nuclear;
  const box = await viewport(page).boundingBox();
  if (!box) throw new Error('No viewport');
  for (const [key, kind] of [
    ['j', 'arrow'],
    ['q', 'line'],
  ] as const) {
    await page.keyboard.press(key);
    await page.mouse.move(box.x + 100, box.y + 120);
    await page.mouse.down();
    await page.mouse.move(box.x + 180, box.y + 160, { steps: 8 });
    const mark = chair.page.locator(`[data-mark="${nuclear.personId}"][data-mark-kind="${kind}"]`);
    // In each view of that plane.
    await expect(mark.first()).toContainText('Dr Nadia Benali');
    await page.mouse.up();
    await expect(mark).toHaveCount(0);
    await page.keyboard.press('Escape');
  }
  // Pointing is nobody's move.
  await expect(room(page)).toHaveAttribute('data-following', 'true');
  await expectAllSame(chair.page, [page]);
});

test('of a presenter who is gone the chair is told, and takes over with one key where all were', async () => {
  await chair.page.getByRole('button', { name: 'Give control to Dr Nadia Benali', exact: true }).click();
  await presents(chair.page, nuclear);
  await scroll(nuclear.page, 3);
  await expectAllSame(nuclear.page, [chair.page]);
  const seq = await room(chair.page).getAttribute('data-seq');
  await nuclear.page.goto('about:blank');
  await expect(chair.page.getByText('Dr Nadia Benali is presenting but is away.')).toBeVisible({
    timeout: 60_000,
  });
  await presents(chair.page, nuclear);
  await expect(room(chair.page)).toHaveAttribute('data-seq', seq ?? '');
  const place = () =>
    viewport(chair.page).evaluate(({ dataset: { seriesUid, sopUid, focalMm, normal, voi } }) => ({
      ...{ seriesUid, sopUid, focalMm, normal, voi },
    }));
  const before = await place();
  await chair.page.keyboard.press('g');
  await presents(chair.page, chair);
  await expect(chair.page.getByText('Dr Nadia Benali is presenting but is away.')).toBeHidden();
  // Told by the chair's own window from now on: nothing jumps.
  expect(await place()).toEqual(before);
});
