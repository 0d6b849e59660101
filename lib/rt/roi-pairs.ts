import type { Roi } from '../dicom/rtstruct.ts';

/** An ROI and what it is compared with; null where it has no counterpart. */
export type RoiPair = { roi: Roi; other: Roi | null; matchedBy: 'name' | 'number' | null };

/** ROIs of one set with their counterparts in another: of the same name, else (names aside) of the same number. */
export function pairRois(a: readonly Roi[], b: readonly Roi[]): { pairs: RoiPair[]; onlyInB: Roi[] } {
  const used = new Set<Roi>();
  const named = new Set(a.map((roi) => plain(roi.name)));
  const pairs = a.map((roi): RoiPair => {
    const byName = b.find((one) => !used.has(one) && plain(one.name) === plain(roi.name));
    const byNumber = b.find(
      (one) => !used.has(one) && one.number === roi.number && !named.has(plain(one.name)),
    );
    const other = byName ?? byNumber ?? null;
    if (other) used.add(other);
    return { roi, other, matchedBy: byName ? 'name' : other ? 'number' : null };
  });
  return { pairs, onlyInB: b.filter((roi) => !used.has(roi)) };
}

const plain = (name: string): string => name.trim().toLowerCase();
