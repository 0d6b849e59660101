import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { axial, type Orientation, oblique, place, sides, square, squareFiles } from '../fixtures/square.ts';
import { caseOf, upload } from './case-of.ts';
import { personIn, viewport, waitUntilPainted } from './support.ts';

/** A contour may lie this far from the edge that it was drawn on, in pixels of the screen. */
const TOLERANCE = 0.6;

type Side = 'left' | 'right' | 'top' | 'bottom';
/** Pixels of the canvas from its middle to the square's edge and to the line over it, where they are seen. */
type Measured = { width: number; height: number; ratio: number } & Record<
  Side,
  { edge: number; line: number } | null
>;

/** A case with a series of squares and their contours; gives its number. */
async function squareCase(request: APIRequestContext, at: Orientation): Promise<string> {
  const { studyUid, files } = squareFiles(at);
  await upload(request, files);
  return caseOf(request, studyUid, {
    familyName: 'SQUARE',
    givenName: 'TEST',
    question: 'Where is the edge?',
  });
}

/** Where the picture's edges and the drawn lines are, from the pixels alone: rays from the middle of the view. */
async function measure(page: Page): Promise<Measured> {
  return viewport(page).evaluate((element): Measured => {
    const [image, contours] = ['canvas:not([data-layer])', 'canvas[data-layer=overlay]'].map((selector) => {
      const canvas = element.querySelector<HTMLCanvasElement>(selector);
      const flat = document.createElement('canvas');
      // At the screen's own pixels, as the browser shows them.
      const box = element.getBoundingClientRect();
      flat.width = Math.round(box.width * window.devicePixelRatio);
      flat.height = Math.round(box.height * window.devicePixelRatio);
      const context = flat.getContext('2d');
      if (canvas) context?.drawImage(canvas, 0, 0, flat.width, flat.height);
      return context?.getImageData(0, 0, flat.width, flat.height) ?? new ImageData(1, 1);
    }) as [ImageData, ImageData];
    const { width, height } = image;
    const middle = [Math.floor(width / 2), Math.floor(height / 2)] as const;
    // The middle of a pixel lies half a pixel from its number.
    const from = [middle[0] + 0.5 - width / 2, middle[1] + 0.5 - height / 2] as const;
    const along = (dx: number, dy: number): { edge: number; line: number } | null => {
      const length = dx === 0 ? Math.floor(height / 2) - 1 : Math.floor(width / 2) - 1;
      const at = (data: ImageData, step: number, channel: number) =>
        data.data[((middle[1] + dy * step) * width + middle[0] + dx * step) * 4 + channel] ?? 0;
      const start = dx * from[0] + dy * from[1];
      for (let step = 1; step < length; step += 1) {
        const [before, after] = [at(image, step - 1, 0), at(image, step, 0)];
        if (after >= 127.5) continue;
        const edge = start + step - 1 + (before - 127.5) / (before - after);
        let weight = 0;
        let sum = 0;
        for (let near = Math.max(0, step - 12); near < step + 12; near += 1) {
          // Above the fill, which is faint.
          const alpha = Math.max(0, at(contours, near, 3) - 60);
          weight += alpha;
          sum += alpha * (start + near);
        }
        return { edge, line: weight > 0 ? sum / weight : Number.NaN };
      }
      return null;
    };
    const ratio = width / element.clientWidth;
    return {
      width,
      height,
      ratio,
      left: along(-1, 0),
      right: along(1, 0),
      top: along(0, -1),
      bottom: along(0, 1),
    };
  });
}

/** The picture's edge is where the contour is drawn, and both are where the view says that its middle is. */
async function expectOnEdge(
  page: Page,
  at: Orientation,
  slice: number,
  seen: readonly Side[],
): Promise<void> {
  const view = viewport(page);
  const measured = await measure(page);
  const numbers = async (name: string) => ((await view.getAttribute(name)) ?? '').split(',').map(Number);
  const focal = await numbers('data-focal-mm');
  const [zoom = 0] = await numbers('data-zoom');
  const size = { width: square.columns * square.columnSpacing, height: square.rows * square.rowSpacing };
  const perMm = zoom * Math.min(measured.width / size.width, measured.height / size.height);
  const origin = place(at, slice, 0, 0);
  const offset = [0, 1, 2].map((axis) => (focal[axis] ?? 0) - (origin[axis] ?? 0));
  const dot = (direction: readonly number[]) =>
    direction.reduce((sum, value, axis) => sum + value * (offset[axis] ?? 0), 0);
  expect(Math.abs(dot(at.normal)), 'the middle lies on the slice').toBeLessThan(0.1);
  const [x, y] = [dot(at.row), dot(at.column)];
  const { left, right, top, bottom } = sides(slice);
  const expected: Record<Side, number> = {
    left: x - left * square.columnSpacing,
    right: right * square.columnSpacing - x,
    top: y - top * square.rowSpacing,
    bottom: bottom * square.rowSpacing - y,
  };
  for (const side of seen) {
    const found = measured[side];
    expect(found, `${side} edge in view`).not.toBeNull();
    if (!found) continue;
    const words = `${side} at zoom ${zoom}: edge ${found.edge}, line ${found.line}, wanted ${expected[side] * perMm}`;
    const limit = TOLERANCE * Math.max(1, measured.ratio);
    expect(Math.abs(found.line - found.edge), `line on edge, ${words}`).toBeLessThanOrEqual(limit);
    // The attribute tells 0.1 mm.
    const rounding = 0.05 * perMm + 0.0005 * perMm * expected[side];
    expect(Math.abs(found.edge - expected[side] * perMm), `place, ${words}`).toBeLessThanOrEqual(
      limit + rounding,
    );
  }
}

async function waitForImage(page: Page, number: number): Promise<void> {
  await expect(page.getByText(`Image ${number} of ${square.slices}`)).toBeVisible();
}

async function check(
  browser: Browser,
  at: Orientation,
  options: { render: 'cpu' | 'gpu'; deviceScaleFactor: number },
): Promise<void> {
  const { context, page: first } = await personIn(browser, 'secretary@igr.demo');
  const id = await squareCase(context.request, at);
  const page = await first.context().newPage();
  if (options.deviceScaleFactor !== 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: 1440,
      height: 900,
      deviceScaleFactor: options.deviceScaleFactor,
      mobile: false,
    });
  }
  await page.goto(`/cases/${id}/view?render=${options.render}`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
  const view = viewport(page);
  await expect(view).toHaveAttribute('data-rois', '1');
  const all = ['left', 'right', 'top', 'bottom'] as const;

  await waitForImage(page, 2);
  await expectOnEdge(page, at, 1, all);
  await page.keyboard.press('ArrowDown');
  await waitForImage(page, 3);
  await expectOnEdge(page, at, 2, all);
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('+');
  await expect(view).toHaveAttribute('data-zoom', /^4\.(29|30)/);
  await expectOnEdge(page, at, 2, ['right', 'bottom']);
  await page.keyboard.press('Home');
  await waitForImage(page, 1);
  await expectOnEdge(page, at, 0, ['right', 'bottom']);

  const before = await view.getAttribute('data-focal-mm');
  const box = await view.boundingBox();
  if (!box) throw new Error('The viewport is not on the page');
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...middle);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(middle[0] - 33, middle[1] - 21, { steps: 3 });
  await page.mouse.up({ button: 'middle' });
  await expect(view).not.toHaveAttribute('data-focal-mm', before ?? '');
  await expectOnEdge(page, at, 0, ['right', 'bottom']);

  await page.setViewportSize({ width: 1000, height: 700 });
  await expect.poll(async () => (await view.boundingBox())?.width).toBeLessThan(box.width);
  await expect(async () => expectOnEdge(page, at, 0, ['right', 'bottom'])).toPass({ timeout: 20_000 });
  await context.close();
}

for (const render of ['cpu', 'gpu'] as const) {
  for (const [name, at] of Object.entries({ axial, oblique })) {
    test(`contours lie on the edges they were drawn on: ${render}, ${name}`, ({ browser }) =>
      check(browser, at, { render, deviceScaleFactor: 1 }));
  }
  test(`contours lie on the edges they were drawn on: ${render}, a screen of two pixels to one`, ({
    browser,
  }) => check(browser, axial, { render, deviceScaleFactor: 2 }));
}
