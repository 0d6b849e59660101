import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Pane } from './pane.ts';

/** A pointer on a viewport that shows something. */
export type HandEvent = {
  pane: Pane;
  /** CSS pixels from the viewport's top left corner. */
  point: CanvasPoint;
  /** The same place, patient mm in the painted plane's frame of reference. */
  mm: Mm3;
  view: ViewPlane;
  event: PointerEvent;
};

/** What a pointer or a key does beside the viewer's own: measuring, the crosshair, a rotation. */
export type Hands = {
  id: string;
  /** True takes the gesture: what follows until the pointer is lifted comes here, and no other tool sees it. */
  down(on: HandEvent): boolean;
  move?(on: HandEvent): void;
  up?(on: HandEvent): void;
  /** The pointer is over a viewport and nothing is taken; null when it leaves. */
  hover?(on: HandEvent | null): void;
  /** A key, before the viewer's own keys; true takes it. */
  key?(event: KeyboardEvent): boolean;
};

/** All hands, asked in the order in which they came, the viewer's own last. */
export class AllHands {
  private kept: readonly Hands[];
  private taken: Hands | null = null;
  /** Where the taken gesture was last. */
  private last: HandEvent | null = null;

  constructor(private readonly own: Hands) {
    this.kept = [own];
  }

  add(hands: Hands): () => void {
    this.kept = [...this.kept.filter((one) => one !== this.own), hands, this.own];
    return () => {
      this.kept = this.kept.filter((one) => one !== hands);
    };
  }

  /** Whether somebody took it. */
  down(on: HandEvent): boolean {
    this.taken = this.kept.find((one) => one.down(on)) ?? null;
    this.last = on;
    return this.taken !== null;
  }

  /** Whether it belongs to a gesture that somebody took. */
  move(on: HandEvent): boolean {
    if (this.taken) {
      this.last = on;
      this.taken.move?.(on);
    } else for (const one of this.kept) one.hover?.(on);
    return this.taken !== null;
  }

  up(on: HandEvent): void {
    this.taken?.up?.(on);
    this.taken = null;
  }

  /** The browser takes a gesture away (a system gesture, a lost pen): it ends where it was last, as if lifted there. */
  cancel(): void {
    if (this.last) this.up(this.last);
  }

  leave(): void {
    if (!this.taken) for (const one of this.kept) one.hover?.(null);
  }

  key(event: KeyboardEvent): boolean {
    return this.kept.some((one) => one.key?.(event) === true);
  }
}

/** A browser's pointer event as what hands are given; null while the viewport shows nothing. */
export function handEvent(pane: Pane, event: PointerEvent): HandEvent | null {
  const view = pane.trouble ? null : pane.viewPlane();
  if (!view) return null;
  const box = pane.element.getBoundingClientRect();
  const point: CanvasPoint = [event.clientX - box.left, event.clientY - box.top];
  return { pane, point, mm: pane.toPatient(point), view, event };
}
