import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { mipPoint } from '@/lib/planes/mip.ts';
import type { HandEvent, Hands } from './hands.ts';
import type { Pane } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';
import type { ToolId } from './tools.ts';
import type { Volumes } from './volumes.ts';

/** What the stage does for the crosshair. */
type CrosshairStage = {
  readonly store: { get: () => Pick<ViewerSnapshot, 'tool'> };
  readonly volumes: Pick<Volumes, 'of'>;
  chooseTool(tool: ToolId): void;
  /** Takes the other viewports to a point of this one. */
  lookAt(pane: Pane, mm: Mm3): void;
};

/**
 * Points at a place: the other viewports go there. On a projection it is the place of the maximum that is seen, as a
 * projection has no depth of its own.
 */
export class CrosshairHands implements Hands {
  readonly id = 'crosshair';

  constructor(private readonly stage: CrosshairStage) {}

  down(on: HandEvent): boolean {
    if (this.stage.store.get().tool !== 'crosshair' || on.event.button !== 0) return false;
    this.move(on);
    return true;
  }

  move({ pane, view, point, mm }: HandEvent): void {
    if (pane.kind !== 'mip') {
      this.stage.lookAt(pane, mm);
      return;
    }
    const volume = pane.stack && this.stage.volumes.of(pane.stack);
    const place = volume && mipPoint(volume, view, point);
    if (place) this.stage.lookAt(pane, place);
  }

  key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (key !== 'c' || ctrlKey || metaKey || altKey) return false;
    this.stage.chooseTool('crosshair');
    return true;
  }
}
