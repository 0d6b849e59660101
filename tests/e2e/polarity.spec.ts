import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { newUid } from '../fixtures/dicom.ts';
import { type GreyImage, greyImage } from '../fixtures/grey-image.ts';
import { upload } from './case-of.ts';
import { personIn, viewport, waitUntilPainted } from './support.ts';

/** Which end of an image's values is white: as the image itself asks (PS3.3 C.7.6.3.1.2), and as the server draws it. */

type Grey = Omit<GreyImage, 'studyUid'>;

async function open(context: BrowserContext, page: Page, images: readonly Grey[], query = ''): Promise<void> {
  const studyUid = newUid();
  const [seriesUid, frameOfReferenceUid] = [newUid(), newUid()];
  const files = images.map((one, index) =>
    greyImage({ seriesUid, frameOfReferenceUid, number: index + 1, ...one, studyUid }),
  );
  await upload(context.request, files);
  const { studies } = await (await context.request.get('/api/studies')).json();
  const study = studies.find((one: { studyInstanceUid: string }) => one.studyInstanceUid === studyUid);
  await page.goto(`/studies/${study.id}/view${query}`);
  await waitUntilPainted(page);
}

/** Greys of the middle row where the ramp is low, in the middle, and high. */
const ends = (view: Locator): Promise<[number, number, number]> =>
  view.evaluate((element) => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas:not([data-layer])');
    const flat = document.createElement('canvas');
    const { width, height } = canvas ?? { width: 1, height: 1 };
    flat.width = width;
    flat.height = height;
    const context = flat.getContext('2d');
    if (canvas) context?.drawImage(canvas, 0, 0);
    const half = Math.min(width, height) / 2;
    const at = (share: number) =>
      context?.getImageData(Math.round(width / 2 + share * half), Math.round(height / 2), 1, 1).data[0] ?? -1;
    return [at(-0.9), at(0), at(0.9)] as [number, number, number];
  });

type Ramp = 'low is black' | 'low is white';
async function expectRamp(view: Locator, ramp: Ramp): Promise<void> {
  await expect(async () => {
    const [low, middle, high] = await ends(view);
    const words = `${low} ${middle} ${high}`;
    const [black, white] = ramp === 'low is black' ? [low, high] : [high, low];
    expect(black, words).toBeLessThan(40);
    expect(white, words).toBeGreaterThan(215);
    expect(Math.abs(middle - 128), words).toBeLessThan(20);
  }).toPass({ timeout: 20_000 });
}

const cases: [string, Grey, Ramp][] = [
  ['CR', { modality: 'CR', photometric: 'MONOCHROME1' }, 'low is white'],
  [
    'DX',
    { modality: 'DX', photometric: 'MONOCHROME1', extra: [[0x20500020, 'CS', 'INVERSE']] },
    'low is white',
  ],
  ['secondary capture', { modality: 'OT', photometric: 'MONOCHROME1' }, 'low is white'],
  ['RT Image', { modality: 'RTIMAGE', photometric: 'MONOCHROME1' }, 'low is white'],
  ['CR in MONOCHROME2', { modality: 'CR' }, 'low is black'],
];
const other = (ramp: Ramp): Ramp => (ramp === 'low is black' ? 'low is white' : 'low is black');

for (const query of ['?render=cpu', '?render=gpu'])
  test(`a radiograph is shown as it asks, and turned round by the reader, ${query}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const { context, page } = await personIn(browser, 'chair@igr.demo');
    for (const [name, image, ramp] of cases)
      await test.step(name, async () => {
        await open(context, page, [image], query);
        const view = viewport(page);
        await expectRamp(view, ramp);
        const button = page.getByRole('button', { name: 'Invert', exact: true });
        await expect(button).toHaveAttribute('aria-pressed', 'false');
        await button.click();
        await expectRamp(view, other(ramp));
        await expect(button).toHaveAttribute('aria-pressed', 'true');
        await button.click();
        await expectRamp(view, ramp);
      });
    await context.close();
  });

test('a series of both kinds: each image as it asks; a PET is dark on white however it is stored', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { context, page } = await personIn(browser, 'chair@igr.demo');
  const at = (z: number, photometric: Grey['photometric'], modality: Grey['modality'] = 'CT'): Grey => ({
    modality,
    photometric,
    z,
  });
  await open(context, page, [at(0, 'MONOCHROME2'), at(2, 'MONOCHROME1'), at(4, 'MONOCHROME2')]);
  const view = viewport(page);
  await expectRamp(view, 'low is white');
  await view.hover();
  await page.mouse.wheel(0, 100);
  await expectRamp(view, 'low is black');
  await page.mouse.wheel(0, -100);
  await expectRamp(view, 'low is white');

  for (const photometric of ['MONOCHROME1', 'MONOCHROME2'] as const) {
    await open(
      context,
      page,
      [0, 2, 4].map((z) => at(z, photometric, 'PT')),
    );
    await expectRamp(view, 'low is white');
  }
  await context.close();
});

test('cuts of a volume in MONOCHROME1 are as its images are', async ({ browser }) => {
  test.setTimeout(300_000);
  const { context, page } = await personIn(browser, 'chair@igr.demo');
  const images = Array.from(
    { length: 32 },
    (_, index): Grey => ({
      modality: 'CT',
      photometric: 'MONOCHROME1',
      z: 2 * index,
    }),
  );
  await open(context, page, images);
  await page.getByLabel('Layout').selectOption('mpr');
  const coronal = page.locator('[data-viewport]').nth(1);
  for (const view of [viewport(page), coronal]) await expectRamp(view, 'low is white');
  await context.close();
});
