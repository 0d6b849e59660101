export type Merge<T> = {
  merged: T;
  /** Untouched here and changed there: the other's value was taken over. */
  taken: (keyof T & string)[];
  /** Changed on both sides to different values: mine is kept in `merged` until somebody chooses. */
  contested: (keyof T & string)[];
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Brings together what two people made of the same form. `base` is what both started from, `mine` what stands in
 * this form, `saved` what the other one has saved meanwhile. No text of either side is dropped unseen.
 */
export function mergeFields<T extends Record<string, unknown>>(base: T, mine: T, saved: T): Merge<T> {
  const merged = { ...mine };
  const taken: Merge<T>['taken'] = [];
  const contested: Merge<T>['contested'] = [];
  for (const key of Object.keys(mine) as (keyof T & string)[]) {
    if (same(mine[key], saved[key]) || same(base[key], saved[key])) continue;
    if (same(mine[key], base[key])) {
      merged[key] = saved[key];
      taken.push(key);
    } else contested.push(key);
  }
  return { merged, taken, contested };
}
