import fs from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { personIn, waitUntilPainted } from './support.ts';

/**
 * A picture of each layout on the synthetic patient: what the viewports' canvases hold, images and what lies over them,
 * without words. UPDATE_PICTURES=1 takes them anew; look at each before it is kept.
 */
const folder = path.join(import.meta.dirname, 'pictures');
const size = { width: 1200, height: 800 };
/** Grey values of 255: mean difference, and by how much a pixel differs that counts as another. */
const MEAN = 1;
const [OTHER, OTHERS] = [40, 0.004];

/** All viewports as they lie on the page. */
async function picture(page: Page): Promise<Buffer> {
  const png = await page.locator('[data-viewport]').evaluateAll((elements) => {
    const flat = document.createElement('canvas');
    flat.width = window.innerWidth;
    flat.height = window.innerHeight;
    const context = flat.getContext('2d');
    context?.fillRect(0, 0, flat.width, flat.height);
    for (const element of elements) {
      const { x, y, width, height } = element.getBoundingClientRect();
      for (const canvas of element.querySelectorAll('canvas'))
        if (canvas.dataset.layer !== 'pointers') context?.drawImage(canvas, x, y, width, height);
    }
    return flat.toDataURL('image/png').split(',')[1] ?? '';
  });
  return Buffer.from(png, 'base64');
}

/** Mean difference, and the part of the pixels that are others. */
async function difference(a: Buffer, b: Buffer): Promise<{ mean: number; others: number }> {
  const raw = (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer();
  const [first, second] = await Promise.all([raw(a), raw(b)]);
  expect(second.length).toBe(first.length);
  let sum = 0;
  let others = 0;
  for (let at = 0; at < first.length; at += 1) {
    const by = Math.abs((first[at] ?? 0) - (second[at] ?? 0));
    sum += by;
    if (by > OTHER) others += 1;
  }
  return { mean: sum / first.length, others: others / first.length };
}

/** Nothing is resampled between a canvas and the screen: each begins on a whole pixel, and has as many as it covers. */
async function expectWholePixels(page: Page): Promise<void> {
  const canvases = await page.locator('[data-viewport] canvas:visible').evaluateAll((all) =>
    all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const canvas = one as HTMLCanvasElement;
      return { begins: [x % 1, y % 1], covers: [width, height], has: [canvas.width, canvas.height] };
    }),
  );
  for (const { begins, covers, has } of canvases) {
    expect(begins).toEqual([0, 0]);
    expect(covers).toEqual(has);
  }
}

async function expectPicture(page: Page, name: string): Promise<void> {
  await expect(page.locator('[data-viewport] ~ progress')).toHaveCount(0, { timeout: 90_000 });
  await expectWholePixels(page);
  const file = path.join(folder, `${name}.png`);
  if (process.env.UPDATE_PICTURES) {
    await fs.mkdir(folder, { recursive: true });
    await expect.poll(async () => (await picture(page)).equals(await picture(page))).toBe(true);
    await fs.writeFile(
      file,
      await sharp(await picture(page))
        .png({ palette: true, colours: 256, dither: 0 })
        .toBuffer(),
    );
  }
  const wanted = await fs.readFile(file);
  await expect(async () => {
    const { mean, others } = await difference(wanted, await picture(page));
    expect(mean, 'mean difference').toBeLessThan(MEAN);
    expect(others, 'part of the pixels that are others').toBeLessThan(OTHERS);
  }).toPass({ timeout: 30_000 });
}

/** The synthetic whole-body case, opened from its own page, with all that is attached. */
async function wholeBody(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await personIn(browser, 'oncologist@igr.demo', { viewport: size });
  const { cases } = await (await context.request.get('/api/cases')).json();
  const hodgkin = cases.find((one: object) => JSON.stringify(one).includes('Hodgkine'));
  await page.goto(`/cases/${hodgkin.id}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  return { context, page };
}

test('each layout shows its picture, and a switch loses neither window nor position', async ({ browser }) => {
  const { context, page } = await wholeBody(browser);

  const layout = page.getByRole('combobox', { name: 'Layout' });
  await expect(layout, 'a PET/CT opens as one').toHaveValue('petct');
  await expectPicture(page, 'petct');

  const first = page.locator('[data-viewport=v1]');
  await first.click();
  await page.keyboard.press('2');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageUp');
  await expect(first).toHaveAttribute('data-voi', '-600.0,1500.0');
  const place = /,140\.0$/;
  await expect(first).toHaveAttribute('data-focal-mm', place);

  for (const name of ['single', 'mpr', 'rt', 'ct-pt', 'petct-after'] as const) {
    await layout.selectOption(name.replace('-after', ''));
    await expect(first).toHaveAttribute('data-voi', '-600.0,1500.0');
    await expect(first, `${name} stays where it was`).toHaveAttribute('data-focal-mm', place);
    await expectPicture(page, name);
  }
  await context.close();
});

test('pictures of viewports that are gone take no memory: their canvases are empty at once', async ({
  browser,
}) => {
  const { context, page } = await wholeBody(browser);
  const layout = page.getByRole('combobox', { name: 'Layout' });
  // Cuts and a projection beside the first viewport, then acquired images.
  for (const wide of ['petct', 'ct-pt']) {
    await layout.selectOption(wide);
    await expect(page.locator('[data-viewport] ~ progress')).toHaveCount(0, { timeout: 90_000 });
    const second = page.locator('[data-viewport=v2]');
    await expect(second).toHaveAttribute('data-painted', /\S/);
    const drawn = await second.evaluateHandle((place) => [...place.querySelectorAll('canvas')]);
    const sizes = () => drawn.evaluate((all) => all.map(({ width, height }) => width * height));
    expect(Math.max(...(await sizes())), wide).toBeGreaterThan(10_000);
    await layout.selectOption('single');
    await expect(second).toHaveCount(0);
    expect(Math.max(...(await sizes())), `after ${wide}`).toBe(0);
  }
  await context.close();
});
