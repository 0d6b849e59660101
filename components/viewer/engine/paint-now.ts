import type { RenderingEngine } from '@cornerstonejs/core';
import { painting } from './painting.ts';

/** What Cornerstone does when the next frame begins; it has no public name for doing it at once. */
type Flushing = { _implementation?: { _renderFlaggedViewports?: () => void } };

/**
 * Paints what an input has asked for within that input's own frame, where Cornerstone waits until the next turn of
 * `requestAnimationFrame`. Once a frame for each: whatever asks again within it is painted together when the next begins.
 */
export class PaintNow {
  private frame: CSSNumberish | null = null;

  constructor(private readonly engine: RenderingEngine) {}

  /**
   * After `viewport.render()`, for another image. What is only framed anew waits for its frame: its size may change in it.
   * Without Cornerstone's word for it the frame is painted as Cornerstone would.
   */
  paint(): void {
    const frame = document.timeline.currentTime;
    if (frame === null || frame === this.frame) return;
    this.frame = frame;
    painting.early = true;
    try {
      (this.engine as unknown as Flushing)._implementation?._renderFlaggedViewports?.();
    } finally {
      painting.early = false;
    }
  }
}
