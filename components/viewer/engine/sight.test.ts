import { describe, expect, test } from 'vitest';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { plainView, type ViewState } from '@/lib/live/view-state.ts';
import { type SightSnapshot, sightOf } from './sight.ts';

const asked = viewportAs({ focalMm: [1, 2, 30] });
const view: ViewState = {
  layout: 'single',
  activeViewportId: 'v1',
  viewports: [asked],
  structureSets: [{ structureSetUid: '1.5', visible: [1], opacity: {} }],
  ...plainView,
};
const ready: SightSnapshot = {
  status: 'ready',
  complete: true,
  structureSets: [{ set: { sopInstanceUid: '1.5' } }],
  segmentations: [],
  doses: [],
  plans: [],
  stacks: [{ SeriesInstanceUID: asked.seriesUid ?? '' }],
  documents: [],
  painted: null,
};
type PaneSight = NonNullable<ReturnType<Parameters<typeof sightOf>[2]>>;
const painted: PaneSight = { settled: true, trouble: null, shown: asked, fusionTrouble: null, whole: true };
const sight = (pane: Partial<PaneSight> = {}, snapshot: Partial<SightSnapshot> = {}, of = view) => {
  const { whole, missing } = sightOf(of, { ...ready, ...snapshot }, () => ({ ...painted, ...pane }));
  return whole ? missing : 'waits';
};

describe('what of an asked view is on the screen', () => {
  test('all of it, when every viewport has painted it', () => {
    expect(sight()).toEqual([]);
    expect(sight({ shown: { ...asked, focalMm: [1, 2, 30.01], zoom: 1.0001 } })).toEqual([]);
  });

  test('not yet, while a viewport, contours or images are on their way', () => {
    expect(sight({ settled: false })).toBe('waits');
    expect(sight({ shown: null })).toBe('waits');
    expect(sight({ whole: false }), 'a cut with gaps').toBe('waits');
    expect(sight({}, { status: 'loading' })).toBe('waits');
    expect(sight({}, { structureSets: [], complete: false })).toBe('waits');
    const segmentations = [{ sopInstanceUid: '1.5', state: 'loading' }];
    expect(sight({}, { structureSets: [], segmentations })).toBe('waits');
    expect(sightOf(view, ready, () => undefined).whole).toBe(false);
  });

  test('the neighbouring slice is another place, and so are another window and zoom', () => {
    for (const other of [
      { focalMm: [1, 2, 31] as [number, number, number] },
      { voi: { center: 50, width: 400 } },
      { zoom: 1.1 },
    ])
      expect(sight({ shown: { ...asked, ...other } })).toEqual(['other_place']);
  });

  test('what is not shared, did not come or cannot be drawn has its own reason', () => {
    expect(sight({ trouble: 'not_available', shown: null })).toEqual(['not_shared']);
    expect(sight({ trouble: 'image_failed' })).toEqual(['failed']);
    expect(sight({ trouble: 'not_parallel' })).toEqual(['unsupported']);
    expect(sight({}, { status: 'refused' })).toEqual(['not_shared']);
    expect(sight({}, { status: 'failed' })).toEqual(['failed']);
    expect(sight({}, { structureSets: [] })).toEqual(['not_shared']);
    expect(sight({}, {}, { ...view, viewports: [{ ...asked, kind: 'mip' }] })).toEqual(['unsupported']);
    expect(sight({}, {}, { ...view, layout: 'of-tomorrow' })).toEqual(['unsupported']);
  });

  test('hidden structures and empty viewports are missed by nobody', () => {
    const hidden = [{ structureSetUid: '1.7', visible: [], opacity: {} }];
    expect(sight({}, {}, { ...view, structureSets: hidden })).toEqual([]);
    const empty = { ...asked, seriesUid: null };
    expect(sight({ trouble: 'not_available', shown: null }, {}, { ...view, viewports: [empty] })).toEqual([]);
  });
});

describe('a dose over the images', () => {
  const level = { value: 20, colour: '#ff0000', visible: true };
  const withDose = (visible = true): ViewState => ({
    ...view,
    dose: {
      ...{ doseUids: ['1.7'], mode: 'lines', unit: 'Gy', referenceGy: null, opacity: 0.5 },
      levels: [{ ...level, visible }],
    },
  });
  const dose = (progress: string) => ({ doses: [{ header: { sopInstanceUid: '1.7' }, progress }] });

  test.each([
    ['ready', []],
    ['loading', 'waits'],
    ['failed', ['failed']],
    ['compressed', ['unsupported']],
  ])('%s', (progress, told) => {
    expect(sight({}, dose(progress), withDose())).toEqual(told);
  });

  test('of an object that is not shared is missing; of no visible level it is nothing', () => {
    expect(sight({}, {}, withDose())).toEqual(['not_shared']);
    expect(sight({}, { complete: false }, withDose())).toBe('waits');
    expect(sight({}, {}, withDose(false))).toEqual([]);
  });

  test('of two that are compared each one counts', () => {
    const side = (uid: string) => ({ doseUids: [uid], referenceGy: null });
    const compared: ViewState = {
      ...view,
      doseComparison: { a: side('1.7'), b: side('1.8'), show: 'difference', spanGy: 5 },
    };
    expect(sight({}, dose('ready'), compared)).toEqual(['not_shared']);
    const both = [...dose('ready').doses, { header: { sopInstanceUid: '1.8' }, progress: 'loading' }];
    expect(sight({}, { doses: both }, compared)).toBe('waits');
  });
});

test('a picture that is turned or mirrored is drawn by nobody', () => {
  const told = (change: Partial<typeof asked>) =>
    sight({ shown: { ...asked, ...change } }, {}, { ...view, viewports: [{ ...asked, ...change }] });
  expect(told({ rotation: 90 })).toEqual(['unsupported']);
  expect(told({ flipHorizontal: true })).toEqual(['unsupported']);
});

test('of two structure sets that are compared each one counts, though no ROI is switched on', () => {
  const comparison = { referenceUid: '1.5', comparedUid: '1.6', pairs: null, tauMm: 2 };
  const compared: ViewState = { ...view, structureSets: [], comparison };
  expect(sight({}, {}, compared)).toEqual(['not_shared']);
  expect(sight({}, { complete: false }, compared)).toBe('waits');
  const structureSets = ['1.5', '1.6'].map((sopInstanceUid) => ({ set: { sopInstanceUid } }));
  expect(sight({}, { structureSets }, compared)).toEqual([]);
});

test('beams of a plan that is not shared are missing', () => {
  const beams = { ...view, beamsOf: '1.8' };
  expect(sight({}, {}, beams)).toEqual(['not_shared']);
  expect(sight({}, { complete: false }, beams)).toBe('waits');
  expect(sight({}, { plans: [{ sopInstanceUid: '1.8' }] }, beams)).toEqual([]);
});

test('what was measured on a series that is not shared has no figures here', () => {
  const [own, other] = [asked.seriesUid ?? '', '1.9'].map((seriesUid) => ({
    ...{ id: 'm1', kind: 'length' as const, studyUid: '1.2.3', seriesUid, frameOfReferenceUid: '1.2.3.9' },
    ...{ sopInstanceUid: null, normal: null, label: '', threshold: { kind: 'none' as const } },
    points: [[1, 2, 3] as [number, number, number]],
  }));
  expect(sight({}, {}, { ...view, measurements: own ? [own] : [] })).toEqual([]);
  expect(sight({}, {}, { ...view, measurements: other ? [other] : [] })).toEqual(['not_shared']);
});

test('an overlay that is not shared is missing; what no registration joins is apart for everybody', () => {
  expect(sight({ fusionTrouble: 'overlay_not_available' })).toEqual(['not_shared']);
  expect(sight({ fusionTrouble: 'other_frame' })).toEqual([]);
});

test('a document at the place that is read', () => {
  const document = { studyUid: '1.2', seriesUid: '1.3', sopInstanceUid: '1.9', page: 2, area: null };
  const of = { ...view, document };
  const here = { documents: [{ sopInstanceUid: '1.9' }] };
  expect(sight({}, {}, of), 'it is not among those that this reader sees').toEqual(['not_shared']);
  expect(sight({}, { complete: false }, of)).toBe('waits');
  expect(sight({}, here, of), 'not painted yet').toBe('waits');
  const painted = (page: number, trouble: 'failed' | 'unsupported' | null = null) =>
    sight({}, { ...here, painted: { of: { ...document, page }, trouble } }, of);
  expect(painted(2)).toEqual([]);
  expect(painted(1), 'the page before').toBe('waits');
  expect(painted(2, 'failed')).toEqual(['failed']);
});
