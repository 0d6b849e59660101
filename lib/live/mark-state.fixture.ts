import type { Mark } from './mark-state.ts';

/** A mark on an axial plane, for tests. */
export const markOf = (change: Partial<Mark> = {}): Mark => ({
  n: 1,
  kind: 'line',
  seriesUid: '1.2',
  frameOfReferenceUid: '1.3',
  normal: [0, 0, 1],
  projected: false,
  points: [
    [0, 0, 0],
    [1, 0, 0],
  ],
  ...change,
});
