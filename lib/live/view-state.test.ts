import { describe, expect, test } from 'vitest';
import { viewStateSchema } from './view-state.ts';

const viewport = {
  viewportId: 'v1',
  studyUid: '1.2.840.1',
  seriesUid: '1.2.840.2',
  frameOfReferenceUid: '1.2.840.3',
  focalMm: [-12.5, 200.25, -840],
  normal: [0, 0, 1],
  voi: { center: 40, width: 400 },
  invert: false,
  zoom: 1.5,
};
const view = {
  layout: 'ct-pt',
  activeViewportId: 'v1',
  viewports: [viewport],
  structureSets: [{ structureSetUid: '1.2.840.4', visible: [1, 2, 7], opacity: { '2': 0.4 } }],
};
const comparison = { referenceUid: '1.2.840.4', comparedUid: '1.2.840.5', pairs: null, tauMm: 2 };
const doses = {
  a: { doseUids: ['1.2.840.6'], referenceGy: 60 },
  b: { doseUids: ['1.2.840.7', '1.2.840.8'], referenceGy: null },
  show: 'both',
  spanGy: 5,
};
const withDoses = (change: object) => ({ ...view, doseComparison: { ...doses, ...change } });
const withViewport = (change: object) => ({ ...view, viewports: [{ ...viewport, ...change }] });

describe('a shared view', () => {
  test('L1: is a whole value of patient millimetres in a named frame of reference', () => {
    expect(viewStateSchema.parse(view)).toMatchObject(view);
    expect(JSON.parse(JSON.stringify(viewStateSchema.parse(view)))).toEqual(viewStateSchema.parse(view));
  });

  test('L1: says which structure sets are compared, paired by name or by hand; an older view compares none', () => {
    expect(viewStateSchema.parse(view).comparison).toBeNull();
    for (const pairs of [null, [[1, 4]]]) {
      const compared = { ...view, comparison: { ...comparison, pairs } };
      expect(viewStateSchema.parse(compared)).toMatchObject(compared);
    }
  });

  test('L1: says which doses are compared, each with its prescription; an older view compares none', () => {
    expect(viewStateSchema.parse(view).doseComparison).toBeNull();
    expect(viewStateSchema.parse(withDoses({}))).toMatchObject(withDoses({}));
  });

  test('I2: what is unknown inside compared doses is dropped', () => {
    const forged = withDoses({ a: { ...doses.a, grid: [1, 2, 3] }, by: 'somebody' });
    expect(viewStateSchema.parse(forged).doseComparison).toEqual(doses);
  });

  test('L1: has no place for an image index', () => {
    const parsed = viewStateSchema.parse(withViewport({ imageIndex: 42, sliceIndex: 42 }));
    expect(JSON.stringify(parsed)).not.toContain('42');
  });

  test.each([
    ['a position that is no number', withViewport({ focalMm: [0, 0, Number.NaN] })],
    ['a position without end', withViewport({ focalMm: [0, 0, Number.POSITIVE_INFINITY] })],
    ['a position of two numbers', withViewport({ focalMm: [0, 0] })],
    ['a UID that is none', withViewport({ seriesUid: '../../etc' })],
    ['a UID of 65 characters', withViewport({ seriesUid: '1'.repeat(65) })],
    ['a window without width', withViewport({ voi: { center: 40, width: 0 } })],
    ['a zoom of nothing', withViewport({ zoom: 0 })],
    ['a zoom beyond reason', withViewport({ zoom: 1001 })],
    ['an eighth of a turn', withViewport({ rotation: 45 })],
    ['seventeen viewports', { ...view, viewports: Array(17).fill(viewport) }],
    ['an opacity of two', { ...view, structureSets: [{ ...view.structureSets[0], opacity: { '1': 2 } }] }],
    ['a ROI that is a name', { ...view, structureSets: [{ ...view.structureSets[0], visible: ['GTV'] }] }],
    ['a tolerance of nothing', { ...view, comparison: { ...comparison, tauMm: 0 } }],
    ['a pair of three ROIs', { ...view, comparison: { ...comparison, pairs: [[1, 2, 3]] } }],
    ['compared doses of which one is none', withDoses({ b: { doseUids: [], referenceGy: null } })],
    ['a sum of twenty-one doses', withDoses({ a: { doseUids: Array(21).fill('1.2'), referenceGy: null } })],
    ['a dose that is no UID', withDoses({ a: { doseUids: ['<b>'], referenceGy: null } })],
    ['one dose only', withDoses({ b: null })],
    ['a prescription of less than nothing', withDoses({ a: { ...doses.a, referenceGy: -1 } })],
    ['a difference without span', withDoses({ spanGy: 0 })],
    ['a difference without end', withDoses({ spanGy: Number.POSITIVE_INFINITY })],
    ['another way to show it', withDoses({ show: 'numbers' })],
    ['no layout', { ...view, layout: '' }],
    ['nothing', null],
  ])('L1: %s is refused', (_what, wrong) => {
    expect(viewStateSchema.safeParse(wrong).success).toBe(false);
  });
});
