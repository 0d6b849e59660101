import type { Measurement } from './measurement-state.ts';

/** A length of 30 mm on an axial plane. */
export const drawnAs = (id: string, z = 0): Measurement => ({
  id,
  kind: 'length',
  studyUid: '1.2.1',
  seriesUid: '1.2.3',
  frameOfReferenceUid: '1.2.4',
  sopInstanceUid: null,
  points: [
    [0, 0, z],
    [30, 0, z],
  ],
  normal: [0, 0, 1],
  label: '',
  threshold: { kind: 'none' },
});
