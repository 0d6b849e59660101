import { expect, type Locator, type Page, test } from '@playwright/test';
import { type HodgkinExtent, hodgkinFiles, hodgkinPatient } from '../../lib/phantom/hodgkin.ts';
import { hodgkinMrFiles, mrPlanes } from '../../lib/phantom/mr-series.ts';
import { studyUid } from '../../lib/phantom/patient.ts';
import { caseOf, upload } from './case-of.ts';
import { personIn, waitUntilPainted } from './support.ts';

/** A CT and an MR of one patient in two frames of reference: kept apart until a registration joins them. */
test.describe.configure({ mode: 'serial' });

const SEED = 871;
/** The CT's slices are the axial ones that the MR was made of. */
const extent: HodgkinExtent = {
  planes: { bottom: mrPlanes.bottom, spacing: mrPlanes.spacing, count: mrPlanes.count, pixel: 0.9765625 },
  pet: { first: 140, last: 142 },
};

let page: Page;
let caseId: string;
let registration: Uint8Array[];
const view = (number: number): Locator => page.locator(`[data-viewport=v${number}]`);
const pane = (number: number): Locator => page.locator('div', { has: view(number) }).last();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const { context, page: own } = await personIn(browser, 'secretary@igr.demo');
  page = own;
  const mr = [...hodgkinMrFiles(SEED)];
  registration = mr.filter(({ path }) => path.startsWith('REG')).map(({ bytes }) => bytes);
  const images = mr.filter(({ path }) => path.startsWith('MR'));
  const ct = [...hodgkinFiles(SEED, extent)].filter(({ path }) => /^(CT|RTSTRUCT)/.test(path));
  await upload(
    context.request,
    [...ct, ...images].map(({ bytes }) => bytes),
  );
  const words = { familyName: 'SYNTHETIQUE', givenName: 'Deux repères', question: 'Where is the node?' };
  caseId = await caseOf(context.request, studyUid(hodgkinPatient(SEED)), words);
});
test.afterAll(() => page.context().close());

async function open(): Promise<void> {
  await page.goto(`/cases/${caseId}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('two');
  for (const number of [1, 2]) await expect(view(number)).not.toHaveAttribute('data-series-uid', '');
}

/** Lays the MR over the CT. */
async function overlayMr(): Promise<void> {
  const overlay = page.getByRole('combobox', { name: 'Overlay', exact: true });
  if (!(await overlay.isVisible())) await page.getByRole('button', { name: 'Fusion and colours' }).click();
  const option = overlay.locator('option', { hasText: 'IRM T1' });
  await overlay.selectOption((await option.getAttribute('value')) ?? '');
}

async function imageOf(number: number): Promise<string> {
  const words = pane(number).getByText(/^Image \d+ of \d+$/);
  return /\d+/.exec((await words.textContent()) ?? '')?.[0] ?? '';
}

test('without a registration they stay apart, and the view says why', async () => {
  await open();
  const apart = 'another frame of reference, with no registration between them';
  await expect(pane(2)).toContainText(`Scrolls separately: ${apart}`);
  await expect(view(2)).toHaveAttribute('data-rois', '');
  await view(1).click();
  await overlayMr();
  await expect(pane(1).getByText(`Not fused: ${apart}`)).toBeVisible();
  await expect(pane(1).locator('[data-legend]')).toHaveCount(0);
});

test('linked by hand they scroll together by an offset, which is no registration', async () => {
  await open();
  await view(1).click();
  await page.keyboard.press('y');
  await expect(pane(2)).toContainText('no registration');
  await expect(pane(2)).toContainText('Linked manually');
  const before = Number(await imageOf(2));
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown');
  await expect(pane(2).getByText(/^Image \d+ of \d+$/)).not.toHaveText(new RegExp(`^Image ${before} `));
  await overlayMr();
  await expect(pane(1).getByText(/^Not fused/)).toBeVisible();
  await page.keyboard.press('v');
});

test('a registration joins them: named, followed by scrolling and by contours', async () => {
  await upload(page.context().request, registration);
  await open();
  const section = page.getByRole('region', { name: 'Registrations' });
  await expect(section).toContainText('IRM T1 sur TDM');
  await expect(section).toContainText('Applied: rotation 7.2°');
  await expect(pane(2)).toContainText('Linked by registration');
  await expect(pane(2)).toContainText('Contours brought here by registration IRM T1 sur TDM');
  await view(1).click();
  await page.keyboard.press('Home');
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowDown');
  // Slice for slice the MR is the CT's, seen through the registration.
  await expect(pane(1).getByText('Image 13 of 36')).toBeVisible();
  await expect(pane(2).getByText('Image 13 of 36')).toBeVisible();
  const rois = (await view(1).getAttribute('data-rois')) ?? '';
  expect(rois).not.toBe('');
  await expect(view(2)).toHaveAttribute('data-rois', rois);
});

test('fused, the edges of the body lie at the same place of the screen', async () => {
  await view(1).click();
  await overlayMr();
  await expect(pane(1)).toContainText('Fused by registration IRM T1 sur TDM');
  await expect(pane(1).locator('[data-legend=hot_iron]')).toBeVisible();
  await page.getByRole('combobox', { name: 'Overlay colours' }).selectOption('grey');
  // The menu lies over a part of the picture.
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  const blend = page.getByRole('slider', { name: 'Blend' });
  await blend.fill('0');
  await expect(view(1)).toHaveAttribute('data-blend', '0.00');
  const ct = await edges();
  await blend.fill('100');
  await expect(view(1)).toHaveAttribute('data-blend', '1.00');
  await expect.poll(async () => (await edges()).length).toBe(ct.length);
  const mr = await edges();
  expect(ct.length).toBeGreaterThan(4);
  for (const [index, place] of ct.entries())
    expect(Math.abs((mr[index] ?? 0) - place), `edge ${index}, pixels of the screen`).toBeLessThan(3.5);
});

/**
 * From the left, from the right and from above to where the trunk begins, on three lines each, CSS pixels. Lines from the
 * sides begin between arm and trunk: the arms reach out of the MR, and their edges there would be the CT's either way.
 */
function edges(): Promise<number[]> {
  return view(1).evaluate((element) => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas:not([data-layer])');
    const { clientWidth: width, clientHeight: height } = element;
    const flat = new OffscreenCanvas(width, height).getContext('2d');
    if (canvas) flat?.drawImage(canvas, 0, 0, width, height);
    const data = flat?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    const bright = (x: number, y: number) => (data[4 * (Math.round(y) * width + Math.round(x))] ?? 0) > 130;
    const found: number[] = [];
    const walk = (count: number, at: (step: number) => [number, number]) => {
      for (let step = 0; step < count; step += 1)
        if (bright(...at(step))) {
          found.push(step);
          return;
        }
    };
    const gap = Math.round(width * 0.26);
    for (const part of [0.48, 0.5, 0.52]) {
      walk(width / 2 - gap, (step) => [gap + step, height * part]);
      walk(width / 2 - gap, (step) => [width - 1 - gap - step, height * part]);
      walk(height / 2, (step) => [width * (part + 0.04), step]);
    }
    return found;
  });
}

test('v takes the overlay away and brings it back; brackets blend', async () => {
  await view(1).click();
  await page.keyboard.press('v');
  await expect(view(1)).toHaveAttribute('data-blend', '');
  await page.keyboard.press('v');
  await expect(view(1)).toHaveAttribute('data-blend', '1.00');
  await page.keyboard.press('[');
  await expect(view(1)).toHaveAttribute('data-blend', '0.90');
});

test('with the crosshair the other view goes where one points, through the registration', async () => {
  await page.getByRole('combobox', { name: 'Layout' }).selectOption('mpr');
  await expect(page.locator('[data-viewport]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Crosshair' }).click();
  const box = await view(2).boundingBox();
  if (!box) throw new Error('The coronal view is not on the page');
  const before = await view(1).getAttribute('data-focal-mm');
  const sagittal = await view(3).getAttribute('data-focal-mm');
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.4);
  await expect(view(1)).not.toHaveAttribute('data-focal-mm', before ?? '');
  await expect(view(3)).not.toHaveAttribute('data-focal-mm', sagittal ?? '');
  await expect(page.locator('canvas[data-layer=lines]')).toHaveCount(3);
});
