import type { Mm3 } from '../dicom/image-plane.ts';

/** Angles of a linear accelerator in degrees (IEC 61217): gantry, beam limiting device (collimator), patient support. */
export type BeamAngles = { gantry: number; collimator: number; couch: number };

/** A linear map of vectors, mm to mm. */
export type Turn = (vector: Mm3) => Mm3;

/**
 * From the table top (IEC 61217 5.3: x to the right of somebody who faces the gantry, y towards it, z up) to the
 * patient (PS3.3 C.7.6.2.1.1), by Patient Position (PS3.3 C.7.3.1.1.2).
 */
const POSITIONS: Readonly<Record<string, Turn>> = {
  HFS: ([x, y, z]) => [x, -z, y],
  HFP: ([x, y, z]) => [-x, z, y],
  FFS: ([x, y, z]) => [-x, -z, -y],
  FFP: ([x, y, z]) => [x, z, -y],
  HFDR: ([x, y, z]) => [z, x, y],
  HFDL: ([x, y, z]) => [-z, -x, y],
  FFDR: ([x, y, z]) => [z, -x, -y],
  FFDL: ([x, y, z]) => [-z, x, -y],
};

const turned = (degrees: number): readonly [number, number] => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
};

/**
 * Vectors of the beam limiting device's system (IEC 61217: x and y across the beam, z towards the source) as vectors in
 * the patient. Null for a patient position that is not said or not of a table.
 */
export function beamToPatient({ gantry, collimator, couch }: BeamAngles, position: string): Turn | null {
  const place = POSITIONS[position];
  if (!place) return null;
  const [cb, sb] = turned(collimator);
  const [cg, sg] = turned(gantry);
  const [cs, ss] = turned(couch);
  return ([x, y, z]) => {
    // Each system is turned in the one before it: device in gantry, gantry in the room; the room as the table sees it.
    const [gx, gy] = [x * cb - y * sb, x * sb + y * cb];
    const [fx, fy, fz] = [gx * cg + z * sg, gy, z * cg - gx * sg];
    return place([fx * cs + fy * ss, fy * cs - fx * ss, fz]);
  };
}
