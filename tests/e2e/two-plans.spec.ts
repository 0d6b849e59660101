import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { chooseDose, inked } from './dose-pair-page.ts';
import { SECOND_PLAN_SHARE, twoPlansCase } from './second-plan.ts';
import { personIn, viewport, waitUntilPainted } from './support.ts';

/** Two plans of one patient held against each other; the second gives nine tenths of the first everywhere. */
test.describe.configure({ mode: 'serial' });

const PTV = 'PTV_3000';
const ORANGE = [230, 120, 0] as const;
const BLUE = [86, 180, 233] as const;

let context: BrowserContext;
let page: Page;
const section = () => page.getByRole('region', { name: 'Comparison of doses' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ context, page } = await personIn(browser, 'chair@igr.demo'));
  const id = await twoPlansCase(context.request, 8123);
  await page.goto(`/cases/${id}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('single');
  await expect(page.locator('[data-viewport]')).toHaveCount(1);
  await page.getByRole('button', { name: `Go to ${PTV}` }).click();
});
test.afterAll(async () => {
  await context.close();
});

test('each plan comes with its own prescription, and the difference lies over the images', async () => {
  await page.getByRole('button', { name: 'Comparison of doses' }).click();
  await page.getByRole('button', { name: 'Compare two doses' }).click();
  await chooseDose(section(), 'Dose A', /30Gy/);
  await chooseDose(section(), 'Dose B', /Dose 27 Gy/);
  await expect(section().getByLabel('Prescription of A (100%)')).toHaveValue('30');
  await expect(section().getByLabel('Prescription of B (100%)')).toHaveValue('27');
  // Three Gy more in A, all over the target; nothing that B has more of.
  await expect.poll(() => inked(page, ORANGE)).toBeGreaterThan(500);
  expect(await inked(page, BLUE)).toBe(0);
  await section().getByRole('button', { name: 'Swap A and B' }).click();
  await expect.poll(() => inked(page, BLUE)).toBeGreaterThan(500);
  expect(await inked(page, ORANGE)).toBe(0);
  await section().getByRole('button', { name: 'Swap A and B' }).click();
  await expect.poll(() => inked(page, ORANGE)).toBeGreaterThan(500);
});

test('under the pointer both doses and their difference are told', async () => {
  const box = await viewport(page).boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(page.locator('[data-value="A-B"]')).toContainText(/A \d+\.\d+ ?B \d+\.\d+ ?A − B \+\d/);
});

test('curves of both in one diagram, told apart by their strokes; figures side by side with their difference', async () => {
  test.setTimeout(300_000);
  await viewport(page).focus();
  await page.keyboard.press('d');
  const row = page
    .getByRole('region', { name: 'Figures of both doses' })
    .locator('tbody tr', { hasText: PTV });
  const figure = async (name: string): Promise<number> => {
    await expect(row.locator(`[data-figure=${name}]`)).toBeVisible({ timeout: 120_000 });
    return Number(((await row.locator(`[data-figure=${name}]`).textContent()) ?? '').replace(/[+,]/g, ''));
  };
  for (const name of ['d95', 'd50', 'd2', 'mean']) {
    const [a, b] = [await figure(`${name}-a`), await figure(`${name}-b`)];
    expect(b / a, name).toBeCloseTo(SECOND_PLAN_SHARE, 2);
    expect(await figure(`${name}-difference`), name).toBeCloseTo(a - b, 1);
  }
  // The volume that 95 % of A's prescription reaches: B's target gets less.
  expect(await figure('v-difference')).toBeGreaterThan(1);
  await expect(page.locator('path[data-curve][stroke-dasharray]').first()).toBeVisible();
  await expect(page.locator('path[data-curve]:not([stroke-dasharray])').first()).toBeVisible();
  const panel = page.getByRole('region', { name: 'Dose-volume histogram' });
  await expect(panel.getByRole('list', { name: 'Line key' })).toContainText('B, dashed: ISRT_27Gy');
});

test('isodoses of both: A’s levels are told on the view', async () => {
  await section().getByLabel('Over the images').selectOption('Isodoses of both');
  await expect(viewport(page)).toHaveAttribute('data-isodoses', '6,9,15,21,24,27,28.5,30,31.5,32.1');
  expect(await inked(page, ORANGE)).toBe(0);
});

test('a dose in a frame of reference that nothing leads to is refused in words', async () => {
  await chooseDose(section(), 'Dose B', /Elsewhere/);
  await expect(section().getByRole('status')).toContainText('different frames of reference');
  // What is shown then is the one dose.
  await expect(page.getByRole('region', { name: 'Figures of both doses' })).toHaveCount(0);
  await section().getByRole('button', { name: 'End' }).click();
  await expect(page.getByRole('button', { name: 'Compare two doses' })).toBeVisible();
});

test('an arc says how far it turns and which way, and its way is drawn', async () => {
  const plan = page.getByRole('region', { name: 'Plan ISRT_27Gy' });
  await expect(plan).toContainText('gantry 300° → 60° · clockwise arc of 120°');
  await plan.getByRole('button', { name: 'Go to the isocentre' }).click();
  const before = await inked(page, [255, 216, 77]);
  await plan.getByRole('checkbox', { name: 'Draw the beams' }).check();
  await expect.poll(() => inked(page, [255, 216, 77])).toBeGreaterThan(before + 100);
  await plan.getByRole('checkbox', { name: 'Draw the beams' }).uncheck();
});
