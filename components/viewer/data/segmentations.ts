import { type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import { parseSegmentation, type SegmentationRefusal } from '@/lib/dicom/seg.ts';
import type { Fit } from '@/lib/rt/fit-structure-set.ts';
import { imagesApart } from '@/lib/rt/segment-grid.ts';
import type { StructuresWorker } from '../workers/structures-client.ts';
import { segmentationPixels } from './segmentation-pixels.ts';
import type { Stack } from './stack.ts';
import { type JudgedStructureSet, slicesOfSet } from './structures.ts';

/** A segmentation that is on its way, or cannot be shown, and why. */
export type SegmentationStatus = {
  sopInstanceUid: string;
  label: string;
  state: 'loading' | SegmentationRefusal | 'failed';
};

export type SegmentationEvents = {
  onStatus: (status: readonly SegmentationStatus[]) => void;
  /** One is there; its status is gone. */
  onReady: (judged: JudgedStructureSet) => void;
};

/** Loads a case's segmentations one after the other, the outlines of their voxels made beside the page. */
export async function loadSegmentations(
  headers: readonly JsonDataSet[],
  from: { root: string; stacks: readonly Stack[]; worker: StructuresWorker; signal: AbortSignal },
  on: SegmentationEvents,
): Promise<void> {
  let status = headers.map(
    (header): SegmentationStatus => ({
      sopInstanceUid: textValue(header, '00080018'),
      label: textValue(header, '0008103E') || textValue(header, '00700080'),
      state: 'loading',
    }),
  );
  const tell = (sopInstanceUid: string, state: SegmentationStatus['state'] | null): void => {
    status = status.flatMap((one) =>
      one.sopInstanceUid !== sopInstanceUid ? [one] : state === null ? [] : [{ ...one, state }],
    );
    on.onStatus(status);
  };
  if (headers.length > 0) on.onStatus(status);
  for (const header of headers) {
    const uid = textValue(header, '00080018');
    try {
      const loaded = await load(header, from);
      from.signal.throwIfAborted();
      if (typeof loaded === 'string') {
        tell(uid, loaded);
      } else {
        tell(uid, null);
        on.onReady(loaded);
      }
    } catch {
      if (from.signal.aborted) return;
      tell(uid, 'failed');
    }
  }
}

async function load(
  header: JsonDataSet,
  { root, stacks, worker, signal }: Parameters<typeof loadSegmentations>[1],
): Promise<JudgedStructureSet | SegmentationRefusal> {
  const result = parseSegmentation(header);
  if (!result.known) return result.reason;
  const { segmentation } = result;
  const pixels = await segmentationPixels(root, header, segmentation, signal);
  if (typeof pixels === 'string') return pixels;
  const { set, voxels } = await worker.ask({
    kind: 'outline',
    segmentation,
    pixels,
    apart: imagesApart(segmentation, slicesOfSet(segmentation, stacks)),
  });
  const { type, fractionalType } = segmentation;
  return {
    set,
    fit: fitOf(segmentation.frameOfReferenceUid, stacks),
    segmentation: { type, fractionalType, voxels },
  };
}

/** A segmentation says itself where each voxel lies: all it needs of the images is their frame of reference. */
function fitOf(expected: string, stacks: readonly Stack[]): Fit {
  const frames = stacks.flatMap((stack) => stack.planes.map((plane) => plane?.frameOfReferenceUid));
  const found = [...new Set(frames.filter((uid) => uid != null))];
  return found.includes(expected)
    ? { fits: true, missingImages: 0, refused: [] }
    : { fits: false, reason: 'frame_of_reference_differs', details: { expected, found } };
}
