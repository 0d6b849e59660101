import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { SeriesFacts } from '../contract.ts';
import { header } from '../data/stack.fixture.ts';
import { firstPlace, onlyImages } from './first-place.ts';

const series = (...modalities: string[]): SeriesFacts[] =>
  modalities.map((modality, index) => ({
    studyUid: '2.25.9',
    seriesUid: `2.25.10.${index}`,
    modality,
    instances: 7,
  }));

const plain: JsonDataSet = {
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
  '00083002': { vr: 'UI', Value: ['1.2.840.10008.1.2.1'] },
  '00280002': { vr: 'US', Value: [1] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280100': { vr: 'US', Value: [16] },
  '00280101': { vr: 'US', Value: [12] },
  '00281052': { vr: 'DS', Value: [-1024] },
  '00281053': { vr: 'DS', Value: [1] },
};

/** Seven images, numbered against their order of arrival. */
const images = (more: JsonDataSet = {}, orientation?: number[]): JsonDataSet[] =>
  Array.from({ length: 7 }, (_, index) =>
    header(7 - index, { position: [0, 0, 3 * index], orientation }, { ...plain, ...more }),
  );

describe('the first look', () => {
  test('is of the middle image, in the window that the viewer opens with', () => {
    const place = firstPlace('/dicomweb', series('CT'), images());
    expect(place?.imageId).toContain('/instances/2.25.100.4/frames/1');
    expect(place).toMatchObject({ layout: 'single', voi: { center: 40, width: 400 } });
    expect(place?.shape).toMatchObject({ bitsStored: 12, signed: false, slope: 1, intercept: -1024 });
  });

  test.each<[string, string[]]>([
    ['single', ['CT', 'RTPLAN']],
    ['mpr', ['CT', 'RTSTRUCT']],
    ['rt', ['CT', 'RTSTRUCT', 'RTDOSE']],
  ])('hangs in the layout %s', (layout, modalities) => {
    expect(firstPlace('/dicomweb', series(...modalities), images())?.layout).toBe(layout);
  });

  test('is none of a cut: images that are not axial, where planes hang', () => {
    const coronal = images({}, [1, 0, 0, 0, 0, -1]);
    expect(firstPlace('/dicomweb', series('CT', 'RTSTRUCT'), coronal)).toBeNull();
  });

  test.each<[string, JsonDataSet]>([
    ['compressed', { '00083002': { vr: 'UI', Value: ['1.2.840.10008.1.2.4.70'] } }],
    ['in colour', { '00280002': { vr: 'US', Value: [3] } }],
    ['white on black the other way', { '00280004': { vr: 'CS', Value: ['MONOCHROME1'] } }],
    ['of pixels that are not square', { '00280030': { vr: 'DS', Value: [1, 2] } }],
    ['of many frames', { '00280008': { vr: 'IS', Value: [2] } }],
    ['with a VOI LUT', { '00283010': { vr: 'SQ', Value: [{}] } }],
    ['with a window that is no line', { '00281056': { vr: 'CS', Value: ['SIGMOID'] } }],
    ['of another class', { '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.7'] } }],
    ['an MR image without a window', { '00080060': { vr: 'CS', Value: ['MR'] } }],
  ])('is none of an image that is not plain: %s', (_, more) => {
    expect(firstPlace('/dicomweb', series('CT'), images(more))).toBeNull();
  });

  test('is none of several stacks', () => {
    const other = header(8, { position: [0, 0, 0], orientation: [0, 1, 0, 0, 0, -1] }, plain);
    expect(firstPlace('/dicomweb', series('CT'), [...images(), other])).toBeNull();
  });

  test('is none where several series have images', () => {
    expect(onlyImages(series('CT', 'RTSTRUCT'))?.modality).toBe('CT');
    expect(onlyImages(series('CT', 'PT'))).toBeNull();
    expect(onlyImages(series('SR'))).toBeNull();
  });
});
