import type { ViewState } from '@/lib/live/view-state.ts';
import type { Pane } from './pane.ts';

/** What a stage tells whoever made it. */
export type StageEvents = {
  onReady: () => void;
  onMove: (view: ViewState) => void;
  /** The user's own view is in windows of another shape now. */
  onReshape: (view: ViewState) => void;
  /** A frame was painted, or trouble began or ended: what stands around the picture is drawn anew. */
  onPaint: (pane: Pane) => void;
};
