import { expect, test } from 'vitest';
import { IDENTITY } from '@/lib/dicom/rigid.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import { viewMapped } from '@/lib/planes/registration.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { doseOf } from '@/lib/rt/shapes.fixture.ts';
import { beamsBroughtFrom } from './beam-layer.ts';
import { doseBroughtFrom, type SeenDose } from './dose-layer.ts';
import { pairBroughtFrom, type SeenPair } from './dose-pair-layer.ts';
import type { Pane } from './pane.ts';
import { emptySnapshot, type ViewerSnapshot } from './store.ts';

const grid = { ...doseOf(() => 40), frameOfReferenceUid: 'ct' };
const pane = (frameOfReferenceUid: string, kind: Pane['kind'] = 'plane') => {
  const view: ViewPlane = {
    ...{ frameOfReferenceUid, centre: [0, 0, 0], right: [1, 0, 0], down: [0, 1, 0] },
    ...{ mmPerPixel: 1, width: 100, height: 100 },
  };
  return { kind, stack: {}, viewPlane: () => view } as unknown as Pane;
};
const seen = {
  shown: () => ({ known: true, grid }),
  hoverGy: () => 20,
  viewIn: (view: ViewPlane, frame: string) =>
    view.frameOfReferenceUid === 'us' ? null : viewMapped(view, IDENTITY, frame),
  replaced: () => false,
  pair: () => ({ known: true, a: grid, b: grid, registration: null }),
} as unknown as SeenDose & SeenPair;
const snapshot = {
  ...emptySnapshot,
  ...{ dose: { doseUids: ['1'], levels: [{}] }, doseComparison: {}, beamsOf: 'plan' },
  plans: [{ sopInstanceUid: 'plan', frameOfReferenceUid: 'ct', beams: [] } as unknown as RtPlan],
} as unknown as ViewerSnapshot;

test.each([
  ['a dose', doseBroughtFrom],
  ['two compared doses', pairBroughtFrom],
  ['beams', beamsBroughtFrom],
])('%s: told where it comes from another space, not in its own, nor where it is not drawn', (_, from) => {
  expect(from(seen, snapshot, pane('mr'))).toBe('ct');
  expect(from(seen, snapshot, pane('ct'))).toBeNull();
  expect(from(seen, snapshot, pane('us'))).toBeNull();
  expect(from(seen, snapshot, pane('mr', 'mip'))).toBeNull();
  expect(from(seen, emptySnapshot, pane('mr'))).toBeNull();
});
