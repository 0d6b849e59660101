import type { DisplaySet } from '@ohif/core';
import type { ClinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import type { SpatialRegistration } from '@/lib/dicom/registration.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import type { Measurement } from '@/lib/live/measurement-state.ts';
import {
  type Comparison,
  type DocumentState,
  type DoseComparison,
  type DoseState,
  type DvhState,
  firstDvh,
  type ViewState,
} from '@/lib/live/view-state.ts';
import type { AttachedDose } from '../data/doses.ts';
import type { LoadProgress } from '../data/load-case.ts';
import type { SegmentationStatus } from '../data/segmentations.ts';
import type { Stack } from '../data/stack.ts';
import type { JudgedStructureSet } from '../data/structures.ts';
import type { LayoutId } from '../ohif/layouts.ts';
import type { HandLink } from './spaces.ts';
import type { ToolId } from './tools.ts';

/** Which ROIs of a set are seen, and how much their fill covers. */
export type RoiDisplay = { visible: ReadonlySet<number>; opacity: Readonly<Record<string, number>> };

/** The very state that was painted. A document may turn out to be none, or to have fewer pages. */
export type PaintedDocument = { of: DocumentState; trouble: 'failed' | 'unsupported' | null };

/** What the viewer's panels show; the images themselves are not in it. */
export type ViewerSnapshot = {
  status: 'loading' | 'ready' | 'empty' | 'refused' | 'failed';
  headers: LoadProgress;
  /** Structure sets and the like are still coming. */
  complete: boolean;
  layout: LayoutId;
  activeId: string;
  stacks: readonly Stack[];
  /** Display sets that are open in a viewport, by their UIDs. */
  shown: readonly string[];
  unsupported: readonly DisplaySet[];
  /** Structure sets, and the segmentations that are read. */
  structureSets: readonly JudgedStructureSet[];
  /** Segmentations that are still coming, or cannot be shown. */
  segmentations: readonly SegmentationStatus[];
  /** Spatial registrations, applied or refused. */
  registrations: readonly SpatialRegistration[];
  /** Spaces linked by eye in this window, for scrolling only. */
  handLinks: readonly HandLink[];
  /** By SOP Instance UID of the set. */
  rois: ReadonlyMap<string, RoiDisplay>;
  doses: readonly AttachedDose[];
  plans: readonly RtPlan[];
  /** The dose that lies over the images; null until one is read. */
  dose: DoseState | null;
  /** SOP Instance UID of the plan whose beams are drawn. */
  beamsOf: string | null;
  /** The dose that the DVH's cursor stands on. */
  dvhCursorGy: number | null;
  /** How the DVH is shown. */
  dvh: DvhState;
  measurements: readonly Measurement[];
  /** What the SUVs of figures are normalised by. */
  suvBy: ViewState['suvBy'];
  /** The key view that is shown as it was saved. */
  keyViewId: string | null;
  /** Documents and reports that are attached. */
  documents: readonly ClinicalDocument[];
  /** What is read of one beside the images; null while none is open. */
  document: DocumentState | null;
  /** What of it was last painted, or why it cannot be. */
  painted: PaintedDocument | null;
  /** Two structure sets held against each other; null while none are. */
  comparison: Comparison | null;
  /** Two doses held against each other; null while none are. */
  doseComparison: DoseComparison | null;
  tool: ToolId;
  linked: boolean;
  /** Whether viewports show where the others' planes cut them. */
  lines: boolean;
};

export const emptySnapshot: ViewerSnapshot = {
  status: 'loading',
  headers: { done: 0, total: 0 },
  complete: false,
  layout: 'single',
  activeId: 'v1',
  stacks: [],
  shown: [],
  unsupported: [],
  structureSets: [],
  segmentations: [],
  registrations: [],
  handLinks: [],
  rois: new Map(),
  doses: [],
  plans: [],
  dose: null,
  beamsOf: null,
  dvhCursorGy: null,
  dvh: firstDvh,
  measurements: [],
  suvBy: 'bw',
  keyViewId: null,
  documents: [],
  document: null,
  painted: null,
  comparison: null,
  doseComparison: null,
  tool: 'window',
  linked: true,
  lines: true,
};

/** A value that React can follow. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  get = (): T => this.value;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: Partial<T>): void {
    this.value = { ...this.value, ...change };
    for (const listener of this.listeners) listener();
  }
}
