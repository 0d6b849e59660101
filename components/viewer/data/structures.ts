import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { parseStructureSet, type StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Segmentation } from '@/lib/dicom/seg.ts';
import { COINCIDENCE_MM, type ContourIndex, indexContours, planeTolerance } from '@/lib/rt/contour-index.ts';
import { type Fit, fitStructureSet, fittingPart } from '@/lib/rt/fit-structure-set.ts';
import { type Slices, slicesOf } from '@/lib/rt/slices.ts';
import type { Stack } from './stack.ts';

export type JudgedStructureSet = {
  /** Where it fits, without the ROIs that do not: these are named by `fit`, and nothing else is done with them. */
  set: StructureSet;
  fit: Fit;
  /** Of a Segmentation: what its voxels' values mean, and how many belong to each segment. */
  segmentation?: Pick<Segmentation, 'type' | 'fractionalType'> & { voxels: ReadonlyMap<number, number> };
};

/** Reads the structure sets of a case and judges each against its images. Refused ones stay, with their reason. */
export function judgeStructureSets(
  headers: readonly JsonDataSet[],
  stacks: readonly Stack[],
): JudgedStructureSet[] {
  const series = stacks.map((stack) => ({
    seriesUid: stack.SeriesInstanceUID,
    images: stack.images.map(({ sopInstanceUid, plane }) => ({ sopInstanceUid, plane })),
  }));
  return headers.map((header) => {
    const set = parseStructureSet(header);
    const fit = fitStructureSet(set, series);
    return { set: fittingPart(set, fit), fit };
  });
}

/** Where a fitting set's contours lie on a stack: within half a slice on the series it was drawn on, exactly elsewhere. */
export class ContourIndexes {
  private readonly kept = new Map<string, ContourIndex>();

  of(set: StructureSet, stack: Stack): ContourIndex {
    const key = `${set.sopInstanceUid} ${stack.displaySetInstanceUID}`;
    const known = this.kept.get(key);
    if (known) return known;
    const own = set.referencedSeriesUids.includes(stack.SeriesInstanceUID);
    const made = indexContours(set, stack.planes, own ? planeTolerance(stack.planes) : COINCIDENCE_MM);
    this.kept.set(key, made);
    return made;
  }
}

/** What was drawn on images, and names them. */
type Drawn = Pick<StructureSet, 'referencedSeriesUids' | 'referencedImageUids'>;

const slicesKept = new WeakMap<Drawn, { stacks: readonly Stack[]; slices: Slices | null }>();

/** The images that a set was drawn on, as far as they are attached. */
export function slicesOfSet(set: Drawn, stacks: readonly Stack[]): Slices | null {
  const known = slicesKept.get(set);
  if (known?.stacks === stacks) return known.slices;
  const isListed = set.referencedSeriesUids.length > 0;
  const named = new Set(set.referencedImageUids);
  const own = stacks.filter((stack) =>
    isListed
      ? set.referencedSeriesUids.includes(stack.SeriesInstanceUID)
      : stack.images.some((image) => named.has(image.sopInstanceUid)),
  );
  const slices = slicesOf(
    own.flatMap((stack) => stack.planes),
    // Without the list of a series nobody knows how many images it has.
    isListed ? set.referencedImageUids.length : Number.POSITIVE_INFINITY,
  );
  slicesKept.set(set, { stacks, slices });
  return slices;
}
