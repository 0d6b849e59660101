import type { Stack } from '../data/stack.ts';
import type { Held } from './layouts.ts';
import { petPair } from './pet-pair.ts';
import { currentAndPrior } from './priors.ts';

/** What an open case holds that layouts ask for, and what its PET lies over: the name of a layout says which. */
export function heldBy(of: { stacks: readonly Stack[]; doses: readonly unknown[] }): Held & { base: string } {
  const pair = petPair(of.stacks);
  return {
    dose: of.doses.length > 0,
    prior: currentAndPrior(of.stacks) !== null,
    petPair: pair !== null,
    base: pair?.base.Modality ?? 'CT',
  };
}
