import { expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { ImagePlane } from '@/lib/dicom/image-plane.ts';
import type { StackImage } from '../data/stack.ts';
import { type Plannable, type PlanObjects, plannedOn } from './planned.ts';

type Named = Plannable & { name: string };
const is = (...Value: unknown[]) => ({ vr: 'UI', Value });

function series(
  name: string,
  Modality: string,
  study: string,
  frame: string,
  date: string,
  count = 100,
): Named {
  return {
    ...{ name, Modality, StudyInstanceUID: study, SeriesInstanceUID: `series of ${name}` },
    images: Array.from({ length: count }, () => ({}) as StackImage),
    header: { '00080020': is(date) },
    planes: [{ frameOfReferenceUid: frame } as ImagePlane],
  };
}
const diagnostic = series('diagnostic', 'CT', '5.1', 'F.diagnostic', '20260301', 400);
const planning = series('planning', 'CT', '5.2', 'F.planning', '20260201');
const phase = series('phase', 'CT', '5.2', 'F.planning', '20260201', 300);
const mr = series('mr', 'MR', '5.2', 'F.mr', '20260201');

const drawnOn = (frame: string, ...names: string[]): JsonDataSet => {
  const drawn = names.map((name) => ({ '0020000E': is(`series of ${name}`) }));
  return {
    '30060010': is({ '00200052': is(frame), '30060012': is({ '30060014': is(...drawn) }) }),
  };
};
const on = (stacks: Named[], objects: Partial<PlanObjects>) =>
  plannedOn(stacks, { series: [], structureSets: [], doses: [], ...objects })?.name ?? null;

const all = [diagnostic, mr, phase, planning];
const ofSet = { studyUid: '5.2', modality: 'RTSTRUCT' };

test('before headers have come, the images of the study of the contours or the dose are meant', () => {
  expect(on([diagnostic, planning, mr], { series: [ofSet] })).toBe('planning');
  expect(on([diagnostic, mr], { series: [{ studyUid: '5.2', modality: 'RTDOSE' }] })).toBe('mr');
});

test('a dose goes before contours of another study', () => {
  const dose = { studyUid: '5.2', modality: 'RTDOSE' };
  const set = { studyUid: '5.1', modality: 'RTSTRUCT' };
  expect(on([diagnostic, planning], { series: [set, dose] })).toBe('planning');
});

test('then the series that contours were drawn on is meant, and the frame of reference of the dose', () => {
  const series = [ofSet];
  expect(on(all, { series })).toBe('phase');
  expect(on(all, { series, structureSets: [drawnOn('F.planning', 'planning')] })).toBe('planning');
  expect(on(all, { series, structureSets: [drawnOn('F.mr')] })).toBe('mr');
  expect(
    on(all, { structureSets: [drawnOn('F.diagnostic')], doses: [{ '00200052': is('F.planning') }] }),
  ).toBe('phase');
});

test('of two treatments the later one is meant', () => {
  const before = series('before', 'CT', '5.9', 'F.before', '20240201', 500);
  expect(on([before, planning], { series: [{ studyUid: '5.9', modality: 'RTSTRUCT' }, ofSet] })).toBe(
    'planning',
  );
});

test('nothing is meant where no images belong to them, or a scout alone', () => {
  expect(on(all, {})).toBeNull();
  expect(on(all, { series: [{ studyUid: '5.7', modality: 'RTSTRUCT' }] })).toBeNull();
  expect(on([series('scout', 'CT', '5.2', 'F.planning', '20260201', 2)], { series: [ofSet] })).toBeNull();
});
