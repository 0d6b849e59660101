import type { Roi } from '../dicom/rtstruct.ts';

/** An ROI and what it is compared with; null where it has no counterpart. */
export type RoiPair = { roi: Roi; other: Roi | null; matchedBy: 'name' | 'number' | 'hand' | null };
/** ROIs of one set with their counterparts in another one, and those that no ROI has as its counterpart. */
export type RoiPairs = { pairs: RoiPair[]; onlyInB: Roi[] };

/** By hand where somebody said so; else of the same name, else (names aside) of the same number. */
export function pairRois(
  a: readonly Roi[],
  b: readonly Roi[],
  byHand: readonly (readonly [number, number])[] | null = null,
): RoiPairs {
  const pairs = byHand ? handPairs(a, b, byHand) : namePairs(a, b);
  const used = new Set(pairs.map(({ other }) => other));
  return { pairs, onlyInB: b.filter((roi) => !used.has(roi)) };
}

function handPairs(
  a: readonly Roi[],
  b: readonly Roi[],
  byHand: readonly (readonly [number, number])[],
): RoiPair[] {
  const counterparts = new Map(byHand);
  return a.map((roi) => {
    const other = b.find((one) => one.number === counterparts.get(roi.number)) ?? null;
    return { roi, other, matchedBy: other && 'hand' };
  });
}

function namePairs(a: readonly Roi[], b: readonly Roi[]): RoiPair[] {
  const used = new Set<Roi>();
  const named = new Set(a.map((roi) => plain(roi.name)));
  return a.map((roi) => {
    const byName = b.find((one) => !used.has(one) && plain(one.name) === plain(roi.name));
    const byNumber = b.find(
      (one) => !used.has(one) && one.number === roi.number && !named.has(plain(one.name)),
    );
    const other = byName ?? byNumber ?? null;
    if (other) used.add(other);
    return { roi, other, matchedBy: byName ? 'name' : other ? 'number' : null };
  });
}

const plain = (name: string): string => name.trim().toLowerCase();
