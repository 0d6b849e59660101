import { expect, type Page, test } from '@playwright/test';
import dcmjs from 'dcmjs';
import type { JsonDataSet } from '../../lib/dicom/display-json.ts';
import { EXPLICIT_LITTLE_ENDIAN } from '../../lib/dicom/uids.ts';
import { readHeader } from '../real/structure-sets.ts';
import { sarcomaCase, structureSetOf } from './sarcoma-files.ts';
import { personIn, waitUntilPainted } from './support.ts';

const SHIFT_MM = 6;

const itemsOf = (set: JsonDataSet, tag: string) => (set[tag]?.Value ?? []) as JsonDataSet[];

/** The structure set as somebody else might have drawn it: all of it so many mm further to the patient's left. */
async function shifted(): Promise<Buffer> {
  const set = await readHeader(structureSetOf('002'));
  const uid = `2.25.${Date.now()}`;
  set['00080018'] = { vr: 'UI', Value: [uid] };
  set['0020000E'] = { vr: 'UI', Value: [`${uid}1`] };
  set['30060002'] = { vr: 'SH', Value: ['Second reader'] };
  for (const roi of itemsOf(set, '30060039'))
    for (const contour of itemsOf(roi, '30060040'))
      contour['30060050'] = {
        vr: 'DS',
        Value: (contour['30060050']?.Value ?? []).map((value, at) =>
          String(Number((Number(value) + (at % 3 === 0 ? SHIFT_MM : 0)).toFixed(3))),
        ),
      };
  const file = new dcmjs.data.DicomDict({
    '00020002': set['00080016'],
    '00020003': { vr: 'UI', Value: [uid] },
    '00020010': { vr: 'UI', Value: [EXPLICIT_LITTLE_ENDIAN] },
  });
  file.dict = written(set);
  return Buffer.from(file.write());
}

/** What is empty has an empty value: dcmjs writes it so. */
const written = (set: JsonDataSet): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(set).map(([tag, element]) => [
      tag,
      {
        vr: element?.vr,
        Value: (element?.Value ?? []).map((value) =>
          element?.vr === 'SQ' ? written(value as JsonDataSet) : value,
        ),
      },
    ]),
  );

/** Where the overlay has a colour, more or less: the middle of those pixels from the left, and how many there are. */
const placeOf = (page: Page, [red, green, blue]: readonly [number, number, number]) =>
  page.locator('[data-viewport="v1"] canvas[data-layer=overlay]').evaluate(
    (element, wanted) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let [count, sum] = [0, 0];
      for (let at = 0; at < width * height; at += 1) {
        const near = wanted.every((value, channel) => Math.abs((data[at * 4 + channel] ?? 0) - value) < 24);
        if (!near || (data[at * 4 + 3] ?? 0) < 150) continue;
        count += 1;
        sum += at % width;
      }
      return { count, middle: sum / count };
    },
    [red, green, blue],
  );

test('two structure sets: how far they agree, and on either side what only one of them has', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { context, page } = await personIn(browser, 'chair@igr.demo');
  const id = await sarcomaCase(context.request, '002', 'COMPARISON', [await shifted()]);
  await page.goto(`/cases/${id}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Comparison of contours' }).click();
  await page.getByRole('button', { name: 'Compare two structure sets' }).click();
  const section = page.getByRole('region', { name: 'Comparison of contours' });
  const choose = async (label: string, set: RegExp) => {
    const option = section.getByLabel(label, { exact: true }).locator('option', { hasText: set });
    await section.getByLabel(label, { exact: true }).selectOption((await option.first().textContent()) ?? '');
  };
  await choose('Reference', /RTstruct/);
  await choose('Compared set', /Second reader/);
  const figure = async (term: string): Promise<number> => {
    const row = section
      .locator('dl > div')
      .filter({ has: page.locator('dt', { hasText: new RegExp(`^${term}`) }) });
    await expect(row.locator('dd')).not.toHaveText('–', { timeout: 60_000 });
    return Number.parseFloat((await row.locator('dd').first().textContent()) ?? '');
  };
  // A body moved as a whole is nowhere further from where it was than that, and somewhere just as far.
  expect(await figure('HD95')).toBeLessThanOrEqual(SHIFT_MM);
  expect(await figure('HD95')).toBeGreaterThan(0.8 * SHIFT_MM);
  const dice = await figure('Dice');
  expect(dice).toBeGreaterThan(0.7);
  expect(dice).toBeLessThan(0.95);
  const over = await placeOf(page, [230, 159, 0]);
  const under = await placeOf(page, [86, 180, 233]);
  expect(over.count, 'over-contoured').toBeGreaterThan(50);
  expect(under.count, 'under-contoured').toBeGreaterThan(50);
  // The patient's left is the right of the picture.
  expect(over.middle).toBeGreaterThan(under.middle + 20);

  await section.getByRole('button', { name: 'End' }).click();
  expect((await placeOf(page, [86, 180, 233])).count).toBe(0);
  await context.close();
});
