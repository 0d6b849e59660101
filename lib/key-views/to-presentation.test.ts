import { expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { rescaled, toPresentation } from './to-presentation.ts';

const identity = {
  sopInstanceUid: '2.25.1',
  seriesUid: '2.25.2',
  seriesNumber: 1,
  instanceNumber: 1,
  seriesDescription: '',
  at: new Date(0),
  author: '',
};
const reference = { studyUid: '1', seriesUid: '2', sopClassUid: '3', sopInstanceUid: '4', frame: null };
const inverts = (photometric: string, change: Partial<ViewportState>): boolean => {
  const header: JsonDataSet = { '00280004': { vr: 'CS', Value: [photometric] } };
  return toPresentation({
    state: viewportAs(change),
    measurements: [],
    shown: { header, frame: 1, plane: null, slice: 1, reference },
    instances: [header],
    identity,
    words: { title: '', note: '' },
    locale: 'en',
  }).invert;
};

// PS3.4 N.2.1.4: whoever shows an image by a presentation state does not look at its photometric interpretation.
test.each<[string, Partial<ViewportState>, boolean]>([
  ['MONOCHROME2', {}, false],
  ['MONOCHROME2', { invert: true }, true],
  ['MONOCHROME2', { colours: 'inverse' }, true],
  ['MONOCHROME2', { colours: 'inverse', invert: true }, false],
  ['MONOCHROME1', {}, true],
  ['MONOCHROME1', { invert: true }, false],
  ['MONOCHROME1', { colours: 'inverse' }, false],
])('the polarity of a presentation state is the whole of it: %s, %o', (photometric, change, invert) => {
  expect(inverts(photometric, change)).toBe(invert);
});

test('the displayed area is what the window held that the zoom is told of', () => {
  const size: JsonDataSet = {
    '00280010': { vr: 'US', Value: [512] },
    '00280011': { vr: 'US', Value: [512] },
  };
  const { area } = toPresentation({
    state: viewportAs({ zoom: 2, aspect: 2, focalMm: null }),
    measurements: [],
    shown: { header: size, frame: 1, plane: null, slice: 1, reference },
    instances: [size],
    identity,
    words: { title: '', note: '' },
    locale: 'en',
  });
  expect([area.topLeft, area.bottomRight]).toEqual([
    [1, 129],
    [512, 384],
  ]);
});

test('a window in Bq/ml of Philips counts is one of counts in the file', () => {
  const pet: JsonDataSet = {
    '00080060': { vr: 'CS', Value: ['PT'] },
    '00541001': { vr: 'CS', Value: ['CNTS'] },
    '70531009': { vr: 'UN', InlineBinary: btoa('2.5 ') },
  };
  expect(rescaled({ center: 5000, width: 10_000 }, [pet])).toEqual({ center: 2000, width: 4000 });
});
