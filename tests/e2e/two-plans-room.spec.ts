import { type Browser, expect, type Page, test } from '@playwright/test';
import { chooseDose, inked } from './dose-pair-page.ts';
import { expectAllSame, type InRoom, join, openCase } from './room.ts';
import { twoPlansCase } from './second-plan.ts';
import { personIn, pixelDifference } from './support.ts';

/** Two plans held against each other by the presenter: the follower sees the same pair, drawn by their own browser. */
test.describe.configure({ mode: 'serial' });

const PATIENT = 'TWO PLANS Test';
const ORANGE = [230, 120, 0] as const;
const BLUE = [86, 180, 233] as const;

let chair: InRoom;
let physicist: InRoom;
const section = (page: Page, name = 'Comparison of doses') => page.getByRole('region', { name });

/** A session of its own, long after all others, with the case on its agenda. */
async function sessionWithTwoPlans(browser: Browser): Promise<string> {
  const { context } = await personIn(browser, 'secretary@igr.demo');
  const { request } = context;
  const caseId = await twoPlansCase(request, 8124);
  const { boards } = await (await request.get('/api/boards')).json();
  const when = { date: '2031-05-06', time: '10:00' };
  const { id } = await (await request.post(`/api/boards/${boards[0].id}/sessions`, { data: when })).json();
  expect((await request.post(`/api/sessions/${id}/agenda`, { data: { caseId } })).ok()).toBe(true);
  await context.close();
  return id;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  const sessionId = await sessionWithTwoPlans(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  physicist = await join(browser, 'physicist@clb.demo', sessionId, { language: 'fr' });
  await openCase(chair.page, PATIENT);
  await chair.page.getByRole('combobox', { name: 'Layout' }).selectOption('single');
  await expect(physicist.page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
  await chair.page.getByRole('button', { name: 'Go to PTV_3000' }).click();
  await expectAllSame(chair.page, [physicist.page]);
});
test.afterAll(async () => {
  for (const { page } of [chair, physicist]) await page.context().close();
});

test('two plans picked by the presenter are compared for the follower too, in their own language', async () => {
  await chair.page.getByRole('button', { name: 'Comparison of doses' }).click();
  await chair.page.getByRole('button', { name: 'Compare two doses' }).click();
  await chooseDose(section(chair.page), 'Dose A', /30Gy/);
  await chooseDose(section(chair.page), 'Dose B', /Dose 27 Gy/);
  // The follower's list stands open by itself, with the same pair and the prescription of each.
  const theirs = section(physicist.page, 'Comparaison de doses');
  for (const [side, gray] of [
    ['A', '30'],
    ['B', '27'],
  ] as const)
    await expect(theirs.getByLabel(`Prescription de ${side} (100 %)`)).toHaveValue(gray);
  for (const { page } of [chair, physicist]) {
    await expect.poll(() => inked(page, ORANGE)).toBeGreaterThan(500);
    expect(await inked(page, BLUE)).toBe(0);
  }
  await expectSame();
});

test('swapped by the presenter, the colours change sides for both', async () => {
  await section(chair.page).getByRole('button', { name: 'Swap A and B' }).click();
  for (const { page } of [chair, physicist]) {
    await expect.poll(() => inked(page, BLUE)).toBeGreaterThan(500);
    await expect.poll(() => inked(page, ORANGE)).toBe(0);
  }
  await expectSame();
});

/** By attributes, by what the follower's page says of itself, and by pixels. */
async function expectSame(): Promise<void> {
  await expectAllSame(chair.page, [physicist.page]);
  await expect
    .poll(() => pixelDifference(chair.page, physicist.page), { message: 'mean difference of the pixels' })
    .toBeLessThan(0.5);
}
