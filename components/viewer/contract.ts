import type { KeyViewSummary } from '@/lib/key-views/schema.ts';
import type { Mark } from '@/lib/live/mark-state.ts';
import type { Measurement } from '@/lib/live/measurement-state.ts';
import type { Missing, Pointer } from '@/lib/live/protocol.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import type { FirstLook } from './first-look/look.ts';

/** Somebody's pointer in the room, with what the others call them. */
export type ViewerPointer = {
  personId: string;
  name: string;
  colour: string;
  pointer: NonNullable<Pointer>;
};

/** Something drawn that fades, with what its owner is called; no name for one's own. */
export type ViewerMark = { personId: string; name: string; colour: string; mark: Mark };

/** Something that somebody drew for everybody beside the shared view. */
export type ViewerAnnotation = {
  drawn: Measurement;
  name: string;
  colour: string;
  mine: boolean;
  /** Whether the user may take away what others drew. */
  leads: boolean;
};

/** Where what the user draws goes, and what others drew. Both resolve when the room has answered. */
export type Annotating = {
  /** `view`: into the shared view; `annotation`: to everybody under the user's name; `own`: seen here alone. */
  draws: 'view' | 'annotation' | 'own';
  list: readonly ViewerAnnotation[];
  put: (drawn: Measurement) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
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
  /** This window is the one that others see by, from now on: told by `onReshape` where it has another shape. */
  lead: () => void;
  /** The pointers to draw now, all of them. */
  setPointers: (pointers: readonly ViewerPointer[]) => void;
  /** Draws somebody's mark, as far as it is drawn; it fades by itself. */
  drawMark: (mark: ViewerMark) => void;
};

/** What can be taken of a key view as a DICOM file: its presentation state (of one viewport), its images' list. */
export type KeyViewFile = { kind: 'gsps'; viewportId: string } | { kind: 'kos' };

/**
 * The key views of the case, and what may be done with them: the page keeps them, the viewer shows them. What went wrong
 * is said by the page; `false` and `null` are all that the viewer learns of it.
 */
export type KeyViews = {
  /** Null while they are being fetched. */
  items: readonly KeyViewSummary[] | null;
  save: (words: KeyViewWords, view: ViewState) => Promise<boolean>;
  /** Null also for one that cannot be shown any more. */
  open: (item: KeyViewSummary) => Promise<ViewState | null>;
  rename: (item: KeyViewSummary, words: KeyViewWords) => Promise<boolean>;
  remove: (item: KeyViewSummary) => Promise<void>;
  download: (item: KeyViewSummary, file: KeyViewFile) => Promise<void>;
  /** A picture of it as a DICOM image. */
  capture: (item: KeyViewSummary, png: Blob) => Promise<void>;
};
export type KeyViewWords = { title: string; note: string };

/** How another window of the same case is opened, and the name of the one that opened this, if it was opened so. */
export type SecondWindow = { joined: string | null; url: (name: string) => string };

/** What a list of series tells of one. */
export type SeriesFacts = { studyUid: string; seriesUid: string; modality: string; instances: number };

export type ViewerProps = {
  /** DICOMweb root: `/dicomweb/cases/<id>` for what is attached to a case, `/dicomweb` for a single study. */
  root: string;
  /** Only this study of the root; all of them when left out. */
  studyUid?: string;
  /** The series of the root, where the page knows them already; asked for when left out. */
  series?: readonly SeriesFacts[];
  /** The first picture, where the page has drawn it already: it stays until the viewer has painted its own. */
  firstLook?: FirstLook | null;
  /** The viewer has taken over the first picture. */
  onFirstLook?: () => void;
  /** How the images were left: shown first, where all of it is still here. */
  initialView?: ViewState | null;
  /** Left out where the images have no address of their own. */
  secondWindow?: SecondWindow;
  /** Key views of the case; left out where there is no case. */
  keyViews?: KeyViews;
  /** Called once, when the first layout is up and `state()` tells it. */
  onReady?: (handle: ViewerHandle) => void;
  /** Called once, when all that belongs to the case is known and every image of what is shown is loaded. */
  onComplete?: () => void;
  /** The user's own move, whatever it was; not called for what `show` brought. */
  onMove?: (view: ViewState) => void;
  /** What is shown by the user's own hand is in a window of another shape now; nobody moved. */
  onReshape?: (view: ViewState) => void;
  /** After each painted frame, and when something becomes unavailable: what of the brought view is seen now. */
  onSight?: (sight: ViewerSight) => void;
  /** Where the user's pointer is, in patient mm; null when it leaves the images. */
  onPointer?: (pointer: Pointer) => void;
  /** In a room: what is drawn beside the shared view. Left out, all that is drawn belongs to the view. */
  annotating?: Annotating;
  /** The user draws something that fades; the tools for it are there with this only. */
  onMark?: (mark: Mark) => void;
};
