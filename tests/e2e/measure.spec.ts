import { expect, type Locator, type Page, test } from '@playwright/test';
import { ctModel, ctSlice } from '../../lib/phantom/ct-slice.ts';
import { DEFAULT_SEED, hodgkinPlanes } from '../../lib/phantom/hodgkin.ts';
import { petPlanes, petSlices } from '../../lib/phantom/pet-volume.ts';
import { personIn } from './support.ts';

/** Measured by mouse and keys on the synthetic patient, against the formulas that painted it. */
test.describe.configure({ mode: 'serial' });

type Mm = readonly [number, number, number];

let page: Page;
/** PET over CT, and the CT as acquired. */
let fused: Locator;
let ct: Locator;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const person = await personIn(browser, 'chair@igr.demo');
  page = person.page;
  const { cases } = await (await person.context.request.get('/api/cases')).json();
  const found = cases.find((one: { patient: { givenName: string } }) => one.patient.givenName === 'Hodgkine');
  await page.goto(`/cases/${found.id}/view`);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('petct');
  fused = page.locator('[data-viewport=v1]');
  ct = page.locator('[data-viewport=v2]');
  await page.getByRole('button', { name: 'Go to GTVn_Cerv_R' }).click();
  // All images are needed before anything can be read everywhere.
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
});
test.afterAll(() => page.context().close());

const numbers = async (view: Locator, name: string): Promise<number[]> =>
  ((await view.getAttribute(name)) ?? '').split(',').map(Number);

async function middleOf(view: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await view.boundingBox();
  if (!box) throw new Error('The viewport is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
}

async function drag(from: { x: number; y: number }, by: readonly [number, number]): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by[0] / 2, from.y + by[1] / 2);
  await page.mouse.move(from.x + by[0], from.y + by[1]);
  await page.mouse.up();
}

const row = (kind: string): Locator => page.locator(`[data-measurement=${kind}]`);
/** Columns and rows of square slices round the middle of patient space. */
const indexIn = (size: number, pixel: number, [x, y]: Mm): number =>
  Math.round(y / pixel + (size - 1) / 2) * size + Math.round(x / pixel + (size - 1) / 2);

/** The SUVs that were painted near the node, of the voxel that a point lies in. */
const slices = [...petSlices(DEFAULT_SEED, 150, 168)];
const paintedSuv = (point: Mm): number => {
  const slice = slices[Math.round((point[2] - petPlanes.bottom) / petPlanes.spacing) - 150];
  return slice?.[indexIn(petPlanes.size, petPlanes.pixel, point)] ?? Number.NaN;
};

const model = ctModel(DEFAULT_SEED);
const painted = new Map<number, Int16Array>();
function paintedHu(point: Mm): number {
  const { bottom, spacing, pixel } = hodgkinPlanes;
  const z = bottom + Math.round((point[2] - bottom) / spacing) * spacing;
  const grid = { size: 512, spacing: pixel, origin: (-pixel * 511) / 2 };
  const slice = painted.get(z) ?? ctSlice(model, z, grid);
  painted.set(z, slice);
  return slice[indexIn(512, pixel, point)] ?? Number.NaN;
}

/** The highest painted SUV of voxels with their centre in a sphere. */
function hottest(centre: Mm, radius: number): number {
  const { size, pixel, bottom, spacing } = petPlanes;
  let most = Number.NEGATIVE_INFINITY;
  slices.forEach((slice, index) => {
    const dz = bottom + (150 + index) * spacing - centre[2];
    for (let line = 0; line < size; line += 1)
      for (let column = 0; column < size; column += 1) {
        const dx = (column - (size - 1) / 2) * pixel - centre[0];
        const dy = (line - (size - 1) / 2) * pixel - centre[1];
        if (Math.hypot(dx, dy, dz) <= radius) most = Math.max(most, slice[line * size + column] ?? 0);
      }
  });
  return most;
}

/** What the line under the pictures says of the place under the pointer. */
async function underPointer(view: string): Promise<{ place: Mm; hu: number; suv: number }> {
  const line = page.locator(`[data-cursor=${view}]`);
  const text = async (selector: string) => (await line.locator(selector).textContent()) ?? '';
  const place =
    /z\s+(.*) mm/
      .exec(await text('[data-place]'))?.[1]
      ?.split(';')
      .map(Number) ?? [];
  const value = async (unit: string) => Number((await text(`[data-value=${unit}]`)).replace(unit, ''));
  return {
    place: [place[0] ?? Number.NaN, place[1] ?? Number.NaN, place[2] ?? Number.NaN],
    hu: await value('HU'),
    suv: await value('SUV'),
  };
}

/** A place is told to 0.1 mm: the value of any voxel that it may lie in. */
function mayBe(value: number, place: Mm, truth: (point: Mm) => number, tolerance: number): boolean {
  const steps = [-0.06, 0, 0.06];
  return steps.some((dx) =>
    steps.some((dy) =>
      steps.some((dz) => Math.abs(truth([place[0] + dx, place[1] + dy, place[2] + dz]) - value) <= tolerance),
    ),
  );
}

test('HU and SUV under the pointer, both at once, as they were painted', async () => {
  const middle = await middleOf(fused);
  for (const [dx, dy] of [
    [0, 0],
    [17, -9],
    [-23, 14],
    [41, 30],
  ] as const) {
    await page.mouse.move(middle.x + dx, middle.y + dy);
    await expect(page.locator('[data-cursor=v1] [data-value=SUV]')).toHaveText(/SUV \d/);
    const { place, hu, suv } = await underPointer('v1');
    const words = `${hu} HU, SUV ${suv} at ${place.join(', ')}`;
    expect(mayBe(hu, place, paintedHu, 0.5), words).toBe(true);
    expect(mayBe(suv, place, paintedSuv, 0.011), words).toBe(true);
    if (dx === 0) {
      const focal = await numbers(fused, 'data-focal-mm');
      for (const axis of [0, 1, 2] as const)
        expect(Math.abs((focal[axis] ?? 0) - place[axis]), words).toBeLessThan(0.6);
    }
  }
});

test('a length of 100 mm by mouse, with what the voxels leave uncertain', async () => {
  await page.getByRole('button', { name: 'Length (L)' }).click();
  const middle = await middleOf(ct);
  const [zoom = 0] = await numbers(ct, 'data-zoom');
  const perMm = (zoom * Math.min(middle.width, middle.height)) / (512 * hodgkinPlanes.pixel);
  await drag({ x: middle.x - 50 * perMm, y: middle.y }, [100 * perMm, 0]);
  const text = (await row('length').locator('[data-reading]').textContent()) ?? '';
  const found = /^([\d.]+) ± ([\d.]+) mm$/.exec(text);
  expect(Math.abs(Number(found?.[1]) - 100), text).toBeLessThan(1 / perMm + 0.1);
  // Both ends anywhere in pixels of 0.98 mm: 2·0.98/√6.
  expect(found?.[2]).toBe('0.8');
});

test('the ends are pulled by keys, taken back and done again', async () => {
  const reading = row('length').locator('[data-reading]');
  const before = await reading.textContent();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(reading).not.toHaveText(before ?? '');
  const after = await reading.textContent();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('Control+z');
  await expect(reading).toHaveText(before ?? '');
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('Control+Shift+z');
  await expect(reading).toHaveText(after ?? '');
  await page.keyboard.press('Delete');
  await expect(row('length')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row('length')).toHaveCount(1);
});

test('a region on the node that only PET shows: SUVmax as it was painted, by each threshold', async () => {
  await page.getByRole('button', { name: 'PET region (T)' }).click();
  const middle = await middleOf(fused);
  const focal = await numbers(fused, 'data-focal-mm');
  const centre: Mm = [focal[0] ?? 0, focal[1] ?? 0, focal[2] ?? 0];
  await page.mouse.move(middle.x + 40, middle.y);
  await expect(page.locator('[data-cursor=v1] [data-value=SUV]')).toHaveText(/SUV \d/);
  const radius = Math.abs((await underPointer('v1')).place[0] - centre[0]);
  await drag(middle, [40, 0]);
  const region = row('region');
  const reading = region.locator('[data-reading]');
  await expect(reading).toContainText('SUVmax');
  const max = Number(/SUVmax ([\d.]+)/.exec((await reading.textContent()) ?? '')?.[1]);
  expect(Math.abs(max - hottest(centre, radius))).toBeLessThan(0.011);
  await expect(reading).toContainText(/SUVpeak [\d.]+/);
  await expect(reading).toContainText(/MTV [\d.]+ ml \(≥ 41 % = /);
  const threshold = region.getByRole('combobox', { name: 'Threshold of the lesion' });
  await threshold.selectOption('suv:2.5');
  await expect(reading).toContainText('(≥ 2.50)');
  await threshold.selectOption('suv:4');
  await expect(reading).toContainText('(≥ 4.00)');
  await expect(reading).toContainText(/TLG [\d.]+/);
});

test('SUV by lean body mass and body surface, in figures and under the pointer', async () => {
  const by = page.getByRole('combobox', { name: 'SUV by' });
  await by.selectOption('lbm');
  await expect(row('region').locator('[data-reading]')).toContainText('(lbm)');
  const middle = await middleOf(fused);
  await page.mouse.move(middle.x + 1, middle.y);
  await expect(page.locator('[data-cursor=v1] [data-value="SUV lbm"]')).toBeVisible();
  await by.selectOption('bw');
  await expect(row('region').locator('[data-reading]')).not.toContainText('(lbm)');
});

test('a region where there is no PET: said, not drawn', async () => {
  const before = await row('region').count();
  await page.getByRole('button', { name: 'PET region (T)' }).click();
  const { x, y } = await middleOf(ct);
  await drag({ x: x - 70, y: y + 50 }, [30, 0]);
  await expect(page.getByRole('status').filter({ hasText: 'Regions are measured on a PET' })).toBeVisible();
  await expect(row('region')).toHaveCount(before);
});

test('an angle, two diameters and an ellipse', async () => {
  const { x, y } = await middleOf(ct);
  await page.getByRole('button', { name: 'Angle (A)' }).click();
  for (const [dx, dy] of [
    [-80, 0],
    [0, 0],
    [0, -80],
  ] as const)
    await page.mouse.click(x + dx, y + dy);
  await expect(row('angle').locator('[data-reading]')).toHaveText(/^90\.0 ± [\d.]+°$/);
  await page.keyboard.press('b');
  await drag({ x: x - 60, y: y + 60 }, [120, 0]);
  await drag({ x, y: y + 40 }, [0, 40]);
  await expect(row('bidirectional').locator('[data-reading]')).toContainText(
    /long [\d.]+ ± .*short [\d.]+ ±/,
  );
  await page.keyboard.press('e');
  await drag({ x: x + 20, y: y - 60 }, [50, 40]);
  await expect(row('ellipse').locator('[data-reading]')).toContainText(/area .*HU mean -?[\d.]+, SD/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});
