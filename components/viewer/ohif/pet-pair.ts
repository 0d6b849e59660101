import { frameOf, type Stack } from '../data/stack.ts';
import { FEW, madeAt } from './priors.ts';

/** What decides which PET is shown, and over what. */
export type Pairable = Pick<
  Stack,
  'StudyInstanceUID' | 'Modality' | 'images' | 'header' | 'planes' | 'suv' | 'warnings' | 'colour'
>;

export type PetPair<T> = { base: T; pet: T };

/** Fewer images than this are a part of an examination. */
const LONG = 20;

/**
 * The latest PET and what it lies over: a CT before an MR, of its frame of reference, else of its study; else the
 * longest CT. An MR of another space and study is no PET/MR. Null where there is no such pair.
 */
export function petPair<T extends Pairable>(stacks: readonly T[]): PetPair<T> | null {
  const series = stacks.filter((one) => one.images.length > FEW);
  const [pet] = series
    .filter((one) => one.Modality === 'PT')
    .sort(
      (a, b) =>
        madeAt(b).localeCompare(madeAt(a)) ||
        order(b, a, (one) => one.images.length > LONG) ||
        order(b, a, makesVolume) ||
        // Without attenuation correction, or what its SUV needs, a PET has no figures to be read.
        order(b, a, (one) => one.suv?.known ?? false) ||
        b.images.length - a.images.length,
    );
  if (!pet) return null;
  const [base] = series
    .filter((one) => one.Modality === 'CT' || (one.Modality === 'MR' && nearness(pet, one) > 0))
    .sort(
      (a, b) =>
        nearness(pet, b) - nearness(pet, a) ||
        order(b, a, (one) => one.Modality === 'CT') ||
        order(b, a, makesVolume) ||
        b.images.length - a.images.length,
    );
  return base ? { base, pet } : null;
}

/** 2 in one frame of reference, 1 in one study, 0 elsewhere. */
function nearness(pet: Pairable, other: Pairable): number {
  const frame = frameOf(pet);
  if (frame !== null && frame === frameOf(other)) return 2;
  return pet.StudyInstanceUID === other.StudyInstanceUID ? 1 : 0;
}

/** Whether cuts go through it, so that something can lie over it: as far as that is known without its pixels. */
const makesVolume = ({ colour, warnings }: Pairable): boolean =>
  !colour && !warnings.includes('no_geometry') && !warnings.includes('repeated_position');

const order = (a: Pairable, b: Pairable, is: (one: Pairable) => boolean): number =>
  Number(is(a)) - Number(is(b));
