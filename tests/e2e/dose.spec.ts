import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { doseGrid, doseVolume } from '../../lib/phantom/dose-grid.ts';
import { hodgkinFiles } from '../../lib/phantom/hodgkin.ts';
import { personIn, todaysSession, viewport, waitUntilPainted } from './support.ts';

/** The dose of the synthetic patient over its images: where its formula says, and with the figures of `npm run rt`. */
test.describe.configure({ mode: 'serial' });

const run = promisify(execFile);
const PTV = 'PTV_3000';
const HALF = { percent: 50, gy: 15, colour: [0x38, 0xa8, 0xff] } as const;
/** mm of a CT image of 512 pixels. */
const FIELD = 500;

let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  ({ context, page } = await personIn(browser, 'physicist@clb.demo'));
  const { id } = await todaysSession(context);
  const session = await (await context.request.get(`/api/sessions/${id}`)).json();
  const item = session.agenda.find((one: { patientName: string }) => one.patientName.includes('Hodgkin'));
  await page.goto(`/cases/${item.caseId}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('single');
  await expect(page.locator('[data-viewport]')).toHaveCount(1);
});
test.afterAll(async () => {
  await context.close();
});

test('isodoses are there at first, in percent of what the plan prescribes', async () => {
  await expect(viewport(page)).toHaveAttribute('data-isodoses', '6,9,15,21,24,27,28.5,30,31.5,32.1');
  const panel = page.getByRole('region', { name: 'Dose', exact: true });
  await expect(panel.getByLabel('Reference (100%)')).toHaveValue('30');
  await expect(panel).toContainText('Whole plan · physical dose');
});

test('a level is hidden, another added; the dose is switched off and comes back as it was', async () => {
  const panel = page.getByRole('region', { name: 'Dose', exact: true });
  const view = viewport(page);
  await panel.getByRole('checkbox', { name: '107%' }).uncheck();
  await expect(view).toHaveAttribute('data-isodoses', '6,9,15,21,24,27,28.5,30,31.5');
  await panel.getByLabel('New level in %').fill('98');
  await panel.getByRole('button', { name: 'Add the level' }).click();
  await expect(view).toHaveAttribute('data-isodoses', '6,9,15,21,24,27,28.5,29.4,30,31.5');
  await panel.getByRole('checkbox', { name: 'Show the dose' }).uncheck();
  await expect(view).toHaveAttribute('data-isodoses', '');
  await panel.getByRole('checkbox', { name: 'Show the dose' }).check();
  await expect(view).toHaveAttribute('data-isodoses', '6,9,15,21,24,27,28.5,29.4,30,31.5');
});

test('a line lies where the dose is, within a pixel', async () => {
  await page.getByRole('button', { name: `Go to ${PTV}` }).click();
  await page.getByRole('button', { name: 'None', exact: true }).first().click();
  await expect(viewport(page)).toHaveAttribute('data-rois', '');
  const panel = page.getByRole('region', { name: 'Dose', exact: true });
  await panel.getByRole('button', { name: 'Hide all levels' }).click();
  await panel
    .getByRole('checkbox', { name: `${HALF.percent}%`, exact: false })
    .first()
    .check();
  await expect(viewport(page)).toHaveAttribute('data-isodoses', String(HALF.gy));
  const found = await crossings(page);
  const focal = ((await viewport(page).getAttribute('data-focal-mm')) ?? '').split(',').map(Number);
  const [zoom] = ((await viewport(page).getAttribute('data-zoom')) ?? '').split(',').map(Number);
  const perMm = (zoom ?? 0) * (Math.min(found.width, found.height) / FIELD);
  const dose = phantomDose();
  for (const [name, dx, dy] of [
    ['left', -1, 0],
    ['right', 1, 0],
    ['top', 0, -1],
    ['bottom', 0, 1],
  ] as const) {
    const [x = 0, y = 0, z = 0] = focal;
    const mm = edgeOf((step) => dose(x + dx * step, y + dy * step, z));
    if (mm === null) continue;
    expect(Math.abs(found[name] - mm * perMm), `${name}: ${found[name]} / ${mm * perMm}`).toBeLessThan(1);
  }
});

test('the DVH has the figures of npm run rt', async () => {
  test.setTimeout(300_000);
  await page.getByRole('button', { name: 'All', exact: true }).first().click();
  await viewport(page).focus();
  await page.keyboard.press('d');
  const table = page.getByRole('region', { name: 'Figures of the histograms' });
  const truth = await figures();
  for (const [number, row] of Object.entries(truth).filter(([, one]) => one.meanGy != null)) {
    const mean = table.locator(`tr[data-roi="${number}"] [data-figure=mean]`).first();
    await expect(mean, row.name).toHaveText(round(row.meanGy), { timeout: 120_000 });
    await expect(table.locator(`tr[data-roi="${number}"] [data-figure=d95]`).first()).toHaveText(
      round(row.d95Gy),
    );
  }
});

test('the cursor of the DVH is moved by keys, and told', async () => {
  const cursor = page.getByRole('slider', { name: 'Dose cursor on the curves' });
  await cursor.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^\d+(\.\d+)? Gy$/);
  await page.keyboard.press('Escape');
  await expect(cursor).toHaveAttribute('aria-valuetext', 'not set');
});

test('the beams of the plan are drawn when they are asked for', async () => {
  const plan = page.getByRole('region', { name: 'Plan ISRT_30Gy' });
  await expect(plan).toContainText('15 fractions, 4 beams');
  await plan.getByRole('button', { name: 'Go to the isocentre' }).click();
  await expect(viewport(page)).toHaveAttribute('data-focal-mm', '6.0,-22.0,240.0');
  const before = await inked(page);
  await plan.getByRole('checkbox', { name: 'Draw the beams' }).check();
  await expect.poll(() => inked(page)).toBeGreaterThan(before);
  await plan.getByRole('checkbox', { name: 'Draw the beams' }).uncheck();
  await expect.poll(() => inked(page)).toBe(before);
});

const round = (value: number | undefined): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value ?? Number.NaN);

type Figures = { name: string; meanGy?: number; d95Gy?: number };

async function figures(): Promise<Record<string, Figures>> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-dvh-'));
  let files = 0;
  for (const { path: name, bytes } of hodgkinFiles()) {
    await fs.writeFile(path.join(folder, name.replaceAll('/', '-')), bytes);
    files += 1;
    // Structure set, plan and dose come first.
    if (files === 3) break;
  }
  const { stdout } = await run('npm', ['run', '-s', 'rt', '--', 'dvh', folder, '--json'], { maxBuffer: 1e8 });
  await fs.rm(folder, { recursive: true });
  return JSON.parse(stdout);
}

/** The phantom's dose between its voxels, as its formula gives it to them. */
function phantomDose(): (x: number, y: number, z: number) => number {
  const doses = doseVolume();
  const { columns, rows, spacing, between } = doseGrid;
  const at = (i: number, j: number, k: number) => doses[(k * rows + j) * columns + i] ?? Number.NaN;
  return (x, y, z) => {
    const [u, v, w] = [(x - doseGrid.x) / spacing, (y - doseGrid.y) / spacing, (z - doseGrid.z) / between];
    const [i, j, k] = [Math.floor(u), Math.floor(v), Math.floor(w)];
    let sum = 0;
    for (const [di, dj, dk] of [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n & 1, (n >> 1) & 1, n >> 2] as const)) {
      const weight = Math.abs(1 - di - (u - i)) * Math.abs(1 - dj - (v - j)) * Math.abs(1 - dk - (w - k));
      if (weight > 0) sum += weight * at(i + di, j + dj, k + dk);
    }
    return sum;
  };
}

/** mm from the middle to where the dose first falls below the level; null where it is below at the middle already. */
function edgeOf(dose: (mm: number) => number): number | null {
  if (!(dose(0) >= HALF.gy)) return null;
  for (let mm = 0; mm < 200; mm += 0.05) if (!(dose(mm + 0.05) >= HALF.gy)) return mm + 0.025;
  return null;
}

type Crossings = Record<'left' | 'right' | 'top' | 'bottom', number> & { width: number; height: number };

/** Pixels from the view's middle to the first line of the level's colour, each way. */
const crossings = (on: Page): Promise<Crossings> =>
  viewport(on).evaluate((element, colour): Crossings => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas[data-layer=overlay]');
    const context = canvas?.getContext('2d');
    const { width = 0, height = 0 } = canvas ?? {};
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    const [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
    const alpha = (px: number, py: number): number => {
      const at = 4 * (py * width + px);
      const far = colour.some((value, channel) => Math.abs(value - (data[at + channel] ?? 0)) > 30);
      return far ? 0 : (data[at + 3] ?? 0);
    };
    const along = (dx: number, dy: number): number => {
      const start = dx * (x + 0.5 - width / 2) + dy * (y + 0.5 - height / 2);
      for (let step = 0; step < Math.max(width, height); step += 1) {
        if (alpha(x + dx * step, y + dy * step) < 60) continue;
        let [weight, sum] = [0, 0];
        for (let near = step - 1; near < step + 6; near += 1) {
          const ink = alpha(x + dx * near, y + dy * near);
          if (ink === 0 && near > step) break;
          weight += ink;
          sum += ink * (start + near);
        }
        return sum / weight;
      }
      return Number.NaN;
    };
    return {
      width,
      height,
      left: along(-1, 0),
      right: along(1, 0),
      top: along(0, -1),
      bottom: along(0, 1),
    };
  }, HALF.colour);

/** How many pixels of the overlay are drawn on. */
const inked = (on: Page): Promise<number> =>
  viewport(on).evaluate((element) => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas[data-layer=overlay]');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) count += 1;
    return count;
  });
