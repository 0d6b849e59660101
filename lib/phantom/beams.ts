import { structureNamed } from './anatomy.ts';

export type Beam = {
  number: number;
  name: string;
  /** Degrees, IEC 61217: 0 shines from the front to the back of a supine patient, 90 from the patient's left. */
  gantry: number;
  meterset: number;
  /** Share of the prescribed dose that the beam gives at the isocentre. */
  weight: number;
};

export const prescription = { doseGy: 30, fractions: 15, target: 'PTV_3000' } as const;
export const isocentre = { x: 6, y: -22, z: 240 } as const;

/** Fields from the front and the back, as an anterior mediastinum is treated: little of the lungs in their way. */
export const beams: readonly Beam[] = [
  { number: 1, name: 'ANT 0', gantry: 0, meterset: 74, weight: 0.32 },
  { number: 2, name: 'OAG 30', gantry: 30, meterset: 58, weight: 0.2 },
  { number: 3, name: 'POST 180', gantry: 180, meterset: 81, weight: 0.28 },
  { number: 4, name: 'OAD 330', gantry: 330, meterset: 57, weight: 0.2 },
];

/** From the source through the isocentre: unit vector in the axial plane. */
export function direction({ gantry }: Beam): { x: number; y: number } {
  const angle = (gantry * Math.PI) / 180;
  return { x: -Math.sin(angle), y: Math.cos(angle) };
}

/** Distance from the beam's axis across the leaves, mm; the collimator is at 0 degrees. */
export function across(beam: Beam, x: number, y: number): number {
  const angle = (beam.gantry * Math.PI) / 180;
  return (x - isocentre.x) * Math.cos(angle) + (y - isocentre.y) * Math.sin(angle);
}

/** Room for the penumbra between the target and the leaves. */
const MARGIN = 7;

/** How far the leaves stand open at the height z; undefined where they are closed. */
export function opening(beam: Beam, z: number): { left: number; right: number } | undefined {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const height of [z - MARGIN, z - MARGIN / 2, z, z + MARGIN / 2, z + MARGIN]) {
    for (const polygon of structureNamed(prescription.target).section(height)) {
      for (let i = 0; i < polygon.length; i += 2) {
        const u = across(beam, polygon[i] ?? 0, polygon[i + 1] ?? 0);
        left = Math.min(left, u);
        right = Math.max(right, u);
      }
    }
  }
  return left < right ? { left: left - MARGIN, right: right + MARGIN } : undefined;
}
