import { expect, type Locator, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn, viewport, waitUntilPainted } from './support.ts';

/** The first image of a study before its viewer has started (docs/decisions/0054). */

/** Keeps the viewer's own files back until told, as a slow line would. */
async function holdTheViewer(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    const response = await route.fetch();
    if (/RenderingEngine/.test(await response.text())) await held;
    await route.fulfill({ response });
  });
  return release;
}

async function studyOf(page: Page, patient: string): Promise<string> {
  const { studies } = await (await page.context().request.get('/api/studies')).json();
  return studies.find(({ patientName }: { patientName: string }) => patientName.includes(patient)).id;
}

/** The middle square of a canvas as 48 × 48 greys: an image that is fitted into it, whatever its size. */
async function greys(canvas: Locator): Promise<Buffer> {
  const url = await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL('image/png'));
  const picture = sharp(Buffer.from(url.split(',')[1] ?? '', 'base64'));
  const { width = 0, height = 0 } = await picture.metadata();
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  return picture
    .extract({ left, top, width: side, height: side })
    .resize(48, 48)
    .removeAlpha()
    .greyscale()
    .raw()
    .toBuffer();
}

const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, grey, at) => sum + Math.abs(grey - (b[at] ?? 0)), 0) / a.length;

for (const [language, reading] of [
  ['en', 'Reading the study…'],
  ['fr', 'Lecture de l’examen…'],
] as const) {
  test(`one plain series is seen before the viewer has come, and says that more comes, in ${language}`, async ({
    browser,
  }) => {
    const { context, page } = await personIn(browser, 'chair@igr.demo', { language });
    const release = await holdTheViewer(page);
    await page.goto(`/studies/${await studyOf(page, 'Thorace')}/view`);
    const look = page.locator('[data-first-look] canvas');
    await expect(look).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: reading })).toBeVisible();
    await expect(page.locator('[data-painted]')).toHaveCount(0);
    await expectAxeFindsNothing(page);
    await page.screenshot({ path: `test-results/first-look-${language}.png` });
    const early = await greys(look);
    expect(Math.max(...early) - Math.min(...early), 'an image, and no empty ground').toBeGreaterThan(100);

    release();
    await waitUntilPainted(page);
    await expect(page.locator('[data-first-look]')).toHaveCount(0);
    await expect(page.getByText(reading)).toBeHidden();
    const late = await greys(viewport(page).locator('canvas').first());
    expect(difference(early, late), 'the viewer shows the same image').toBeLessThan(8);
    await page.screenshot({ path: `test-results/first-look-${language}-viewer.png` });
    // Files that nothing waits for may still be on their way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });

  test(`where what hangs first is to be chosen, words stand for the viewer until it is there, in ${language}`, async ({
    browser,
  }) => {
    const { context, page } = await personIn(browser, 'chair@igr.demo', { language });
    const release = await holdTheViewer(page);
    await page.goto(`/studies/${await studyOf(page, 'Hodgkine')}/view`);
    await expect(page.getByRole('status').filter({ hasText: reading })).toBeVisible();
    await expect(page.locator('[data-first-look]')).toHaveCount(0);
    release();
    await waitUntilPainted(page);
    await expect(page.getByText(reading)).toBeHidden();
    // Files that nothing waits for may still be on their way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });
}
