import type { Measurement } from '../live/measurement-state.ts';

/** One measurement made, changed or taken away. */
type Change = { id: string; before: Measurement | null; after: Measurement | null };

/**
 * What one person did to the measurements, to be undone and done again. Changes are of single measurements: what others
 * in the room did meanwhile to other ones stays.
 */
export type History = { done: readonly Change[]; undone: readonly Change[] };

export const emptyHistory: History = { done: [], undone: [] };
const KEPT = 100;

export type Step = { measurements: Measurement[]; history: History; changed: string };

/** The measurements with one put in its place, added at the end, or (null) taken away. */
export function replaced(
  measurements: readonly Measurement[],
  id: string,
  by: Measurement | null,
): Measurement[] {
  if (!by) return measurements.filter((one) => one.id !== id);
  return measurements.some((one) => one.id === id)
    ? measurements.map((one) => (one.id === id ? by : one))
    : [...measurements, by];
}

export function changed(
  measurements: readonly Measurement[],
  history: History,
  id: string,
  after: Measurement | null,
): Step {
  const before = measurements.find((one) => one.id === id) ?? null;
  return {
    measurements: replaced(measurements, id, after),
    history: { done: [...history.done, { id, before, after }].slice(-KEPT), undone: [] },
    changed: id,
  };
}

/** Null when there is nothing to undo. */
export function undone(measurements: readonly Measurement[], { done, undone: later }: History): Step | null {
  const last = done.at(-1);
  return last
    ? {
        measurements: replaced(measurements, last.id, last.before),
        history: { done: done.slice(0, -1), undone: [...later, last] },
        changed: last.id,
      }
    : null;
}

export function redone(measurements: readonly Measurement[], { done, undone: later }: History): Step | null {
  const last = later.at(-1);
  return last
    ? {
        measurements: replaced(measurements, last.id, last.after),
        history: { done: [...done, last], undone: later.slice(0, -1) },
        changed: last.id,
      }
    : null;
}
