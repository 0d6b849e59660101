import { z } from 'zod';
import { uid, vec3 } from './shapes.ts';

/**
 * What somebody measured or drew on the images, as one plain value of the shared view. Points are patient millimetres
 * of the named Frame of Reference; what is measured from them (mm, HU, SUV) is never in it: each viewer computes it from
 * the same points and the same pixels.
 */

/** Characters of what somebody calls a measurement. */
export const MOST_LABEL = 200;

export const measurementKinds = [
  'length',
  'angle',
  'bidirectional',
  'ellipse',
  'freehand',
  /** A sphere that holds the region whose PET values are read. */
  'region',
  'arrow',
] as const;

/** Which voxels of a region count as the lesion. */
export const thresholdSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Share of the region's maximum, 0.41 by EANM. */
  z.object({ kind: z.literal('fraction'), of: z.number().min(0.01).max(1) }),
  /** A fixed SUV: 2.5 or 4.0. */
  z.object({ kind: z.literal('suv'), atLeast: z.number().positive().max(100) }),
  /** 1.5 times the liver's mean + 2 standard deviations (PERCIST), of a region that is named as the liver's. */
  z.object({ kind: z.literal('liver'), regionId: z.string().min(1).max(40) }),
]);

export const measurementSchema = z.object({
  id: z.string().min(1).max(40),
  kind: z.enum(measurementKinds),
  studyUid: uid,
  seriesUid: uid,
  frameOfReferenceUid: uid.nullable(),
  /** The image it lies on, where position does not tell it (no geometry): then points are pixels (column, row, 0). */
  sopInstanceUid: uid.nullable().default(null),
  frame: z.number().int().positive().optional(),
  points: z.array(vec3).min(1).max(200),
  /** Unit normal of the plane it was drawn on; null for a region. */
  normal: vec3.nullable(),
  label: z.string().max(MOST_LABEL).default(''),
  threshold: thresholdSchema.default({ kind: 'none' }),
});

export type MeasurementKind = (typeof measurementKinds)[number];
export type Threshold = z.infer<typeof thresholdSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
