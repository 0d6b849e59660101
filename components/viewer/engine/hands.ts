import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { CanvasPoint } from '@/lib/planes/view-plane.ts';
import type { Pane } from './pane.ts';
import type { ToolId } from './tools.ts';

/** A mouse, pen or finger on a viewport. */
export type HandAt = {
  pane: Pane;
  /** CSS pixels from the viewport's top left corner. */
  canvas: CanvasPoint;
  /** The patient's point under it, on the painted plane, in the frame of reference of `pane.viewPlane()`. */
  patient: Mm3;
  event: PointerEvent;
};

/**
 * What the left button, the pen or one finger does while a tool is chosen. Between `down` and `up` every `move` is of
 * the viewport that `down` was on.
 */
export type Hand = {
  down(at: HandAt): void;
  move?(at: HandAt): void;
  up?(at: HandAt): void;
  /** The gesture ended without its end: a second finger, another window. */
  cancel?(): void;
};

/** The hands by tool, and who follows where the cursor is. */
export class Hands {
  private readonly byTool = new Map<ToolId, Hand>();
  private readonly listeners = new Set<(at: HandAt | null) => void>();
  private held: { hand: Hand; pane: Pane } | null = null;

  /** Gives a tool its hand; what is given back takes it away. */
  add(tool: ToolId, hand: Hand): () => void {
    this.byTool.set(tool, hand);
    return () => this.byTool.delete(tool);
  }

  /** Told of every move over a viewport's picture, pressed or not; null when the cursor leaves it. */
  onHover(listener: (at: HandAt | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  hover(at: HandAt | null): void {
    for (const listener of this.listeners) listener(at);
  }

  /** Whether a hand took the press. */
  down(tool: ToolId, at: HandAt): boolean {
    const hand = this.byTool.get(tool);
    if (!hand) return false;
    this.held = { hand, pane: at.pane };
    hand.down(at);
    return true;
  }

  move(at: HandAt): void {
    if (this.held?.pane === at.pane) this.held.hand.move?.(at);
  }

  up(at: HandAt): void {
    if (this.held?.pane === at.pane) this.held.hand.up?.(at);
    this.held = null;
  }

  cancel(): void {
    this.held?.hand.cancel?.();
    this.held = null;
  }
}
