import { expect, test } from 'vitest';
import { firstDvh, type ViewState } from '@/lib/live/view-state.ts';
import { broughtPanels, panelsWithoutImages } from './brought-panels.ts';
import { emptySnapshot } from './store.ts';

const ruler = { id: 'm1', seriesUid: '2.25.7' } as unknown as ViewState['measurements'][number];
const dose = { doseUids: ['2.25.3'], levels: [] } as unknown as NonNullable<ViewState['dose']>;
const view: ViewState = {
  layout: 'prior',
  activeViewportId: 'v2',
  viewports: [],
  structureSets: [{ structureSetUid: '2.25.5', visible: [2], opacity: {} }],
  dose: null,
  beamsOf: null,
  dvhCursorGy: 20,
  dvh: firstDvh,
  measurements: [ruler],
  suvBy: 'lbm',
  keyViewId: 'k1',
  document: null,
  comparison: null,
  doseComparison: null,
};

test('what a view says beside its images is brought to the panels', () => {
  const rois = new Map([['2.25.6', { visible: new Set([1]), opacity: {} }]]);
  const brought = broughtPanels(view, { ...emptySnapshot, rois });
  expect(brought).toMatchObject({ measurements: [ruler], dvhCursorGy: 20, suvBy: 'lbm', keyViewId: 'k1' });
  // Of sets that it does not name it says nothing.
  expect([...(brought?.rois?.keys() ?? [])]).toEqual(['2.25.6', '2.25.5']);
});

test('where nothing is other nothing is drawn anew', () => {
  const once = { ...emptySnapshot, ...broughtPanels(view, emptySnapshot) };
  expect(broughtPanels(view, once)).toBeNull();
});

test('a view that was sent before a dose was read leaves the dose', () => {
  expect(broughtPanels(view, { ...emptySnapshot, dose })?.dose).toEqual(dose);
});

test('a view whose images are gone still brings its measurements and contours, but is no key view', () => {
  const brought = panelsWithoutImages(view, { ...emptySnapshot, layout: 'single' });
  expect(brought).toMatchObject({ measurements: [ruler], dvhCursorGy: 20, keyViewId: null });
  expect(brought?.rois?.get('2.25.5')?.visible).toEqual(new Set([2]));
  expect(brought).not.toHaveProperty('layout');
});
