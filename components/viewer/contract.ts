import type { Missing, Pointer } from '@/lib/live/protocol.ts';
import type { ViewState } from '@/lib/live/view-state.ts';

/** Somebody's pointer in the room, with what the others call them. */
export type ViewerPointer = {
  personId: string;
  name: string;
  colour: string;
  pointer: NonNullable<Pointer>;
};

/** What of a view is on the screen. */
export type ViewerSight = {
  /** The view that `show` brought last, the same object; null when the user has moved since, or nothing was brought. */
  of: ViewState | null;
  /** Every viewport has painted it, or never will: `missing` says why. */
  whole: boolean;
  missing: Missing[];
};

/** What a page holds of a running viewer. Nothing else moves its viewports than the user and `show`. */
export type ViewerHandle = {
  /** Shows a state that came from elsewhere. Never answered by `onMove`. */
  show: (view: ViewState) => void;
  /** What is shown now; null until the first image is there. */
  state: () => ViewState | null;
  /** The pointers to draw now, all of them. */
  setPointers: (pointers: readonly ViewerPointer[]) => void;
};

export type ViewerProps = {
  /** DICOMweb root: `/dicomweb/cases/<id>` for what is attached to a case, `/dicomweb` for a single study. */
  root: string;
  /** Only this study of the root; all of them when left out. */
  studyUid?: string;
  /** Called once, when the first layout is up and `state()` tells it. */
  onReady?: (handle: ViewerHandle) => void;
  /** The user's own move, whatever it was; not called for what `show` brought. */
  onMove?: (view: ViewState) => void;
  /** After each painted frame, and when something becomes unavailable: what of the brought view is seen now. */
  onSight?: (sight: ViewerSight) => void;
  /** Where the user's pointer is, in patient mm; null when it leaves the images. */
  onPointer?: (pointer: Pointer) => void;
};
