import { describe, expect, test } from 'vitest';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { plainView, type ViewportState, type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';
import { rounded, sameView, sameViewport } from './same-view.ts';

const viewport = viewportAs({ frameOfReferenceUid: '2.25.1', zoom: 2 });
const view: ViewState = {
  layout: 'single',
  activeViewportId: 'v1',
  viewports: [viewport],
  structureSets: [{ structureSetUid: '2.25.3', visible: [1, 2], opacity: { '1': 0.5, '2': 0.1 } }],
  ...plainView,
};

describe('the same picture', () => {
  test.each<[string, Partial<ViewportState>]>([
    ['a hundredth of a millimetre', { focalMm: [1.01, 2, 3] }],
    ['a thousandth of a zoom', { zoom: 2.001 }],
    ['less than a grey level of a window', { voi: { center: 40.3, width: 400.3 } }],
  ])('%s is nothing', (_, change) => {
    expect(sameViewport(viewport, { ...viewport, ...change })).toBe(true);
  });

  test.each<[string, Partial<ViewportState>]>([
    ['another place', { focalMm: [1, 2, 3.1] }],
    ['no place', { focalMm: null }],
    ['another series', { seriesUid: '2.25.11' }],
    ['another image of one place', { sopInstanceUid: '2.25.12' }],
    ['another frame', { frame: 2 }],
    ['another window', { voi: { center: 45, width: 400 } }],
    ['no window', { voi: null }],
    ['inverted', { invert: true }],
    ['larger', { zoom: 2.1 }],
    ['told of another window', { aspect: 1.5 }],
    ['in another viewport', { viewportId: 'v2' }],
  ])('%s is another', (_, change) => {
    expect(sameViewport(viewport, { ...viewport, ...change })).toBe(false);
    expect(sameViewport({ ...viewport, ...change }, viewport)).toBe(false);
  });
});

describe('windows as narrow or as wide as their values are', () => {
  const windowed = (center: number, width: number): ViewportState => ({
    ...viewport,
    voi: { center, width },
  });
  const fused = (center: number, width: number, above: number | null): ViewportState => ({
    ...viewport,
    fusion: {
      ...{
        studyUid: '2.25.20',
        seriesUid: '2.25.21',
        blend: 0.5,
        colours: 'hot_iron',
        registrationUid: null,
      },
      ...{ voi: { center, width }, above },
    },
  });

  test.each([
    ['an ADC in mm²/s', 0.0012, 0.0018],
    ['in the middle of a drag', 0.0012345, 0.0018765],
    ['an SUV', 2.5, 5],
    ['a CT', -600, 1500],
    ['a CT, dragged', 40.5, 399.5],
    ['a PET in Bq/ml', 12_345, 50_000],
  ])('%s is shared as it is', (_, center, width) => {
    expect(rounded(windowed(center, width)).voi).toEqual({ center, width });
    expect(rounded(fused(center, width, center)).fusion).toMatchObject({
      voi: { center, width },
      above: center,
    });
  });

  test('an ADC twice as bright is another picture', () => {
    expect(sameViewport(windowed(0.0012, 0.0018), windowed(0.0015, 0.003))).toBe(false);
    expect(sameViewport(windowed(0.0012, 0.0018), windowed(0.0012, 0.00181))).toBe(false);
    expect(sameViewport(windowed(0.0012, 0.0018), windowed(0.001201, 0.0018))).toBe(true);
    expect(sameViewport(fused(0.0012, 0.0018, null), fused(0.0015, 0.003, null))).toBe(false);
    expect(sameViewport(fused(0.0012, 0.0018, 0.0005), fused(0.0012, 0.0018, 0.0008))).toBe(false);
  });

  test('an overlay as it was before it was rounded is the same picture', () => {
    const odd = fused(1 / 3, 10 / 3, 1 / 7);
    expect(sameViewport(odd, rounded(odd))).toBe(true);
    expect(sameViewport(odd, { ...odd, fusion: null })).toBe(false);
    expect(sameViewport(odd, fused(1 / 3, 10 / 3, null))).toBe(false);
  });

  test.each([1e-12, 3.3e-7, 0.00123456, 9.99996, 1234.5678, 7.7e8])(
    'rounding %d twice changes nothing',
    (width) => {
      const once = rounded(fused(width / 3, width, width / 7));
      expect(rounded(once)).toEqual(once);
      expect(once.fusion?.voi.width).toBeGreaterThan(0);
    },
  );
});

describe('the same view', () => {
  test.each<[string, Partial<ViewState>]>([
    ['layout', { layout: 'two' }],
    ['active viewport', { activeViewportId: 'v2' }],
    ['viewports', { viewports: [] }],
    ['visible ROIs', { structureSets: [{ structureSetUid: '2.25.3', visible: [1], opacity: {} }] }],
    ['structure sets', { structureSets: [] }],
  ])('%s', (_, change) => {
    expect(sameView(view, { ...view, ...change })).toBe(false);
  });

  test('the order in which opacities were set does not matter', () => {
    const other = { structureSetUid: '2.25.3', visible: [1, 2], opacity: { '2': 0.1, '1': 0.5 } };
    expect(sameView(view, { ...view, structureSets: [other] })).toBe(true);
  });

  test('nothing is only the same as nothing', () => {
    expect(sameView(null, null)).toBe(true);
    expect(sameView(view, null)).toBe(false);
  });
});

describe('what is shared', () => {
  const odd: ViewportState = {
    ...viewport,
    focalMm: [1 / 3, -2 / 3, 1e-9],
    normal: [0.48, -0.64, 0.6],
    voi: { center: 1 / 7, width: 1e-9 },
    zoom: 1e-9,
  };

  test('rounding twice changes nothing, and nobody sees it', () => {
    expect(rounded(rounded(odd))).toEqual(rounded(odd));
    expect(sameViewport(viewport, rounded({ ...viewport, focalMm: [1.004, 2, 3] }))).toBe(true);
  });

  test.each([1e-9, 1, 5000])('a zoom of %d is one that the room takes', (zoom) => {
    const shared = { ...view, viewports: [rounded({ ...odd, zoom })] };
    expect(viewStateSchema.safeParse(JSON.parse(JSON.stringify(shared))).success).toBe(true);
  });
});
