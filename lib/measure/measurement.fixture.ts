import type { Mm3 } from '../dicom/image-plane.ts';
import { type Measurement, measurementSchema } from '../live/measurement-state.ts';

/** A measurement on an axial plane, or a region in space. */
export const measurement = (
  kind: string,
  points: readonly Mm3[],
  more: Partial<Measurement> = {},
): Measurement =>
  measurementSchema.parse({
    id: 'm1',
    kind,
    studyUid: '2.25.9',
    seriesUid: '2.25.10',
    frameOfReferenceUid: '2.25.1',
    points,
    normal: kind === 'region' ? null : [0, 0, 1],
    ...more,
  });
