import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { newUid } from '../fixtures/dicom.ts';
import type { Element, Item } from '../fixtures/dicom-writer.ts';
import { GREY_SIZE, type GreyImage, greyImage } from '../fixtures/grey-image.ts';
import { upload } from './case-of.ts';
import { personIn, viewport, waitUntilPainted } from './support.ts';

/** Values under the pointer: what the file makes of what is stored, by the name that it has for them. */

async function open(
  context: BrowserContext,
  page: Page,
  image: Omit<GreyImage, 'studyUid'>,
  query = '',
): Promise<void> {
  const studyUid = newUid();
  await upload(context.request, [greyImage({ ...image, studyUid })]);
  const { studies } = await (await context.request.get('/api/studies')).json();
  const study = studies.find((one: { studyInstanceUid: string }) => one.studyInstanceUid === studyUid);
  await page.goto(`/studies/${study.id}/view${query}`);
  await waitUntilPainted(page);
}

/** Points at the middle of a column of the image, which is fitted into its view. */
async function pointAt(page: Page, column: number): Promise<void> {
  const box = await viewport(page).boundingBox();
  if (!box) throw new Error('No view');
  const side = Math.min(box.width, box.height);
  const x = box.x + box.width / 2 + ((column + 0.5) / GREY_SIZE - 0.5) * side;
  await page.mouse.move(x, box.y + box.height / 2 + 2);
}

const LENGTH = 4096;
/** A table that turns the ramp round, so that nobody takes it for a line: entry 65535 - 16 i for stored -2048 + i. */
const entries = Array.from({ length: LENGTH }, (_, index) => 65535 - 16 * index);
const made = (column: number) => entries[column * 64] ?? -1;
const tableOf = (data: Element): Element[] => {
  const item: Item = [[0x00283002, 'SS', [LENGTH, -2048, 16]], [0x00283004, 'LO', 'US'], data];
  return [
    [0x00281050, 'DS', '32768'],
    [0x00281051, 'DS', '65536'],
    [0x00283000, 'SQ', [item]],
  ];
};
const looked = (data: Element): Omit<GreyImage, 'studyUid'> => ({
  modality: 'OT',
  z: 0,
  signed: true,
  value: (column) => column * 64 - 2048,
  extra: tableOf(data),
});

for (const query of ['?render=cpu', '?render=gpu'])
  test(`a Modality LUT is applied to what is shown and to what is read, ${query}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const { context, page } = await personIn(browser, 'chair@igr.demo');
    const words = Buffer.from(Uint16Array.from(entries).buffer);
    for (const data of [[0x00283006, 'US', entries] as const, [0x00283006, 'OW', words] as const]) {
      await open(context, page, looked(data), query);
      for (const column of [4, 31, 60]) {
        await pointAt(page, column);
        await expect(page.locator('[data-value=OT]')).toContainText(made(column).toLocaleString('en-GB'));
      }
      const [left, right] = await viewport(page).evaluate((element) => {
        const canvas = element.querySelector<HTMLCanvasElement>('canvas:not([data-layer])');
        const flat = document.createElement('canvas');
        flat.width = canvas?.width ?? 1;
        flat.height = canvas?.height ?? 1;
        const drawn = flat.getContext('2d');
        if (canvas) drawn?.drawImage(canvas, 0, 0);
        const half = Math.min(flat.width, flat.height) / 2;
        const at = (share: number) =>
          drawn?.getImageData(flat.width / 2 + share * half, flat.height / 2, 1, 1).data[0] ?? -1;
        return [at(-0.9), at(0.9)];
      });
      // The table falls: what is stored low is shown white, as the server draws it.
      expect(left).toBeGreaterThan(215);
      expect(right).toBeLessThan(40);
    }
    await context.close();
  });

test('an image whose Modality LUT is not whole is not shown without it', async ({ browser }) => {
  const { context, page } = await personIn(browser, 'chair@igr.demo');
  const studyUid = newUid();
  await upload(context.request, [
    greyImage({ ...looked([0x00283006, 'US', entries.slice(0, 100)]), studyUid }),
  ]);
  const { studies } = await (await context.request.get('/api/studies')).json();
  const study = studies.find((one: { studyInstanceUid: string }) => one.studyInstanceUid === studyUid);
  await page.goto(`/studies/${study.id}/view`);
  await expect(page.getByText('This image could not be loaded or decoded.')).toBeVisible();
  await context.close();
});

test('a CT is in HU where its file says so, and else in what it says', async ({ browser }) => {
  test.setTimeout(300_000);
  const { context, page } = await personIn(browser, 'chair@igr.demo');
  const line = (slope: string, type?: string): Element[] => [
    [0x00281052, 'DS', '0'],
    [0x00281053, 'DS', slope],
    ...(type ? [[0x00281054, 'LO', type] as const] : []),
  ];
  const cases: [Element[], string, string][] = [
    [line('1'), 'HU', '2,048'],
    [line('0.01', 'MGML'), 'mg/ml', '20.48'],
    [line('1', 'US'), 'CT', '2,048'],
    [[], 'CT', '2,048'],
  ];
  for (const [extra, unit, value] of cases) {
    await open(context, page, { modality: 'CT', z: 0, extra });
    await pointAt(page, 32);
    await expect(page.locator('[data-cursor] [data-value]')).toHaveText(`${unit} ${value}`);
    await expect(page.locator('[data-figures]')).toContainText(unit === 'CT' ? 'W' : unit);
    const presets = page.getByRole('combobox', { name: 'Window preset' });
    await expect(presets).toHaveCount(unit === 'HU' ? 1 : 0);
  }
  await context.close();
});
