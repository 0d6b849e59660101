import type { Vec3 } from '@/lib/live/view-state.ts';
import { turnedAbout } from '@/lib/planes/turn.ts';
import type { HandEvent, Hands } from './hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';

/** What the stage does for a projection that turns. */
type TurnStage = {
  readonly store: { get: () => Pick<ViewerSnapshot, 'tool'> };
  readonly active: Pane | undefined;
  change(pane: Pane, part: PaneChange): void;
};

/** Sixty steps are a whole turn. */
export const STEP_DEGREES = 6;
const DEGREES_PER_PIXEL = 0.5;

/** The normal of a projection turned about what is up on its screen: the patient's own axis, as it opens. */
export function turnedBy(pane: Pane, degrees: number, from = pane.state()): { normal: Vec3 } | null {
  if (pane.kind !== 'mip' || !from?.normal || !from.up) return null;
  return { normal: [...turnedAbout(from.normal, from.up, degrees)] };
}

/** Turns a projection: by dragging sideways with the scroll tool, by comma and full stop. */
export class TurnHands implements Hands {
  readonly id = 'turn';
  private gesture: { pane: Pane; state: ReturnType<Pane['state']>; x: number } | null = null;

  constructor(private readonly stage: TurnStage) {}

  down({ pane, point, event }: HandEvent): boolean {
    if (pane.kind !== 'mip' || event.button !== 0 || this.stage.store.get().tool !== 'scroll') return false;
    this.gesture = { pane, state: pane.state(), x: point[0] };
    return true;
  }

  move({ pane, point }: HandEvent): void {
    const { gesture } = this;
    if (!gesture || gesture.pane !== pane) return;
    // The picture follows the hand: what is in front goes where the pointer goes.
    const turned = turnedBy(pane, (gesture.x - point[0]) * DEGREES_PER_PIXEL, gesture.state);
    if (turned) this.stage.change(pane, turned);
  }

  up(): void {
    this.gesture = null;
  }

  key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const pane = this.stage.active;
    if (!pane || (key !== ',' && key !== '.') || ctrlKey || metaKey || altKey) return false;
    const turned = turnedBy(pane, key === ',' ? STEP_DEGREES : -STEP_DEGREES);
    if (turned) this.stage.change(pane, turned);
    return turned !== null;
  }
}
