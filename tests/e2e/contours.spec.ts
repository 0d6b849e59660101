import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { type ContourPlane, contourPlanes, type Grid, gridOf, onVoxel, outlineOn } from './contour-mask.ts';
import { sarcomaCase, sarcomaFiles, structureSetOf } from './sarcoma-files.ts';
import { personIn, waitUntilPainted } from './support.ts';

/** Pixels of the screen: how far a drawn pixel may lie from where the file has it, and the other way round. */
const TOLERANCE = 1;
/** The mask is filled so finely that its own edge is known to this part of a pixel. */
const KNOWN_TO = 1 / 8;
const POSITIONS = 20;

type Axis = 0 | 1 | 2;
type Triple = readonly [number, number, number];
type Plane = { name: string; pane: string; axis: Axis; right: Triple; down: Triple };
const planes: readonly Plane[] = [
  { name: 'axial', pane: 'v1', axis: 2, right: [1, 0, 0], down: [0, 1, 0] },
  { name: 'coronal', pane: 'v2', axis: 1, right: [1, 0, 0], down: [0, 0, -1] },
  { name: 'sagittal', pane: 'v3', axis: 0, right: [0, 1, 0], down: [0, 0, -1] },
];

const triple = async (view: Locator, name: string): Promise<Triple> =>
  ((await view.getAttribute(name)) ?? '').split(',').map(Number) as unknown as Triple;

/** The overlay's pixels that are covered enough to be a line's own, as the middle of each in CSS pixels. */
const linesOn = (view: Locator): Promise<{ strong: [number, number][]; faint: [number, number][] }> =>
  view.locator('canvas[data-layer=overlay]').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const over = (limit: number) => {
      const found: [number, number][] = [];
      for (let at = 0; at < width * height; at += 1)
        if ((data[at * 4 + 3] ?? 0) >= limit) found.push([(at % width) + 0.5, Math.floor(at / width) + 0.5]);
      return found;
    };
    return { strong: over(200), faint: over(110) };
  });

/** The largest distance of a point of one set to the nearest of the other, no more than asked for being looked at. */
function furthest(
  points: readonly (readonly [number, number])[],
  others: readonly (readonly [number, number])[],
) {
  const cells = new Map<string, (readonly [number, number])[]>();
  for (const one of others) {
    const key = `${Math.floor(one[0])},${Math.floor(one[1])}`;
    const cell = cells.get(key);
    if (cell) cell.push(one);
    else cells.set(key, [one]);
  }
  let most = 0;
  for (const [x, y] of points) {
    let least = 9;
    for (let row = Math.floor(y) - 3; row <= Math.floor(y) + 3; row += 1)
      for (let column = Math.floor(x) - 3; column <= Math.floor(x) + 3; column += 1)
        for (const [a, b] of cells.get(`${column},${row}`) ?? [])
          least = Math.min(least, Math.hypot(a - x, b - y));
    most = Math.max(most, least);
  }
  return most;
}

/** Where along an axis the structure is, from the file. */
function reachOf(contours: readonly ContourPlane[], axis: Axis): [number, number] {
  const along = (one: ContourPlane): [number, number] =>
    axis === 2 ? [one.z, one.z] : [one.low[axis], one.high[axis]];
  const all = contours.map(along);
  return [Math.min(...all.map(([low]) => low)), Math.max(...all.map(([, high]) => high))];
}

/** From the first plane on goes with the keyboard to each voxel's centre that is asked for, and looks there. */
async function visit(
  { page, view, grid, axis }: { page: Page; view: Locator; grid: Grid; axis: Axis },
  targets: readonly number[],
  look: (target: number) => Promise<void>,
): Promise<void> {
  const place = async () => onVoxel(grid, axis, (await triple(view, 'data-focal-mm'))[axis]);
  const press = async (key: string) => {
    const before = await place();
    await page.keyboard.press(key);
    await expect.poll(place, { message: `${key} from ${before} mm`, intervals: [20] }).not.toBe(before);
    return (await place()) - before;
  };
  await press('Home');
  const down = Math.sign(await press('ArrowDown'));
  for (const target of [...targets].sort((a, b) => down * (a - b))) {
    const steps = Math.round((down * (target - (await place()))) / grid.spacing[axis]);
    for (let tens = 0; tens < Math.floor(steps / 10); tens += 1) await page.keyboard.press('PageDown');
    for (let step = 0; step < steps % 10; step += 1) await page.keyboard.press('ArrowDown');
    const away = async () => Math.abs((await place()) - target);
    await expect
      .poll(away, { message: `${steps} steps to ${target} mm`, intervals: [20] })
      .toBeLessThan(grid.spacing[axis] / 2);
    await look(target);
  }
}

async function check(browser: Browser, { pane, axis, right, down }: Plane): Promise<void> {
  test.setTimeout(300_000);
  const viewport = { width: 1000, height: 700 };
  const { context, page } = await personIn(browser, 'secretary@igr.demo', { viewport });
  const contours = await contourPlanes(structureSetOf('003'));
  const grid = await gridOf(await sarcomaFiles('003'));
  const id = await sarcomaCase(context.request, '003', 'CONTOURS');
  await page.goto(`/cases/${id}/view`);
  await waitUntilPainted(page);
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('mpr');
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
  const view = page.locator(`[data-viewport=${pane}]`);
  await expect(view).toHaveAttribute('data-rois', '1');
  await view.click();
  const [low, high] = reachOf(contours, axis);
  const targets = Array.from({ length: POSITIONS }, (_, position) =>
    onVoxel(grid, axis, low + ((position + 0.5) * (high - low)) / POSITIONS),
  );
  await visit({ page, view, grid, axis }, targets, async (target) => {
    const focal = [...(await triple(view, 'data-focal-mm'))] as [number, number, number];
    focal[axis] = target;
    const [width, height] = await view.evaluate((element) => [element.clientWidth, element.clientHeight]);
    if (!width || !height) throw new Error('The viewport is not on the page');
    const zoom = Number(await view.getAttribute('data-zoom'));
    const { edges } = outlineOn(contours, grid, {
      right,
      down,
      focal,
      width,
      height,
      zoom,
    });
    const { strong, faint } = await linesOn(view);
    const words = `at ${target.toFixed(2)} mm: ${strong.length} pixels drawn, ${edges.length} of the mask's`;
    expect(strong.length, words).toBeGreaterThan(20);
    expect(furthest(strong, edges), `drawn away from the mask, ${words}`).toBeLessThanOrEqual(
      TOLERANCE + KNOWN_TO,
    );
    expect(furthest(edges, faint), `not drawn, ${words}`).toBeLessThanOrEqual(TOLERANCE + KNOWN_TO);
  });
  await context.close();
}

for (const plane of planes)
  test(`contours lie where the file has them, at ${POSITIONS} positions: ${plane.name}`, ({ browser }) =>
    check(browser, plane));
