import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import { sectionOf } from '@/lib/rt/section.ts';
import { indexSections, type RoiIndex } from '@/lib/rt/section-index.ts';
import type { CutPlane, Section } from '@/lib/rt/section-plane.ts';
import type { Slices } from '@/lib/rt/slices.ts';

/** As many planes as any layout shows at once, and the ones before them. */
const KEPT = 16;

/** The cuts of a case's structure sets; the last ones are kept, so that whatever else is drawn anew costs no cut. */
export class ContourSections {
  private readonly indexes = new WeakMap<StructureSet, ReturnType<typeof indexSections>>();
  private readonly cuts = new WeakMap<RoiIndex, Map<string, Section>>();

  /** @param slices the images that the set was drawn on, where they are here */
  indexOf(set: StructureSet, number: number, slices: Slices | null): RoiIndex | undefined {
    const known = this.indexes.get(set) ?? indexSections(set, slices);
    this.indexes.set(set, known);
    return known.get(number);
  }

  cut(index: RoiIndex, plane: CutPlane): Section {
    const kept = this.cuts.get(index) ?? new Map<string, Section>();
    this.cuts.set(index, kept);
    const key = [...plane.right, ...plane.down, plane.depth].map((value) => value.toFixed(6)).join();
    const known = kept.get(key);
    if (known) return known;
    const made = sectionOf(index, plane);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, made);
    return made;
  }
}
