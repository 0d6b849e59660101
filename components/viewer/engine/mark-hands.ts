import { length, type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import { type Mark, type MarkKind, MOST_MARK_POINTS, markKinds } from '@/lib/live/mark-state.ts';
import { viewNormal } from '@/lib/planes/view-plane.ts';
import type { HandEvent, Hands } from './hands.ts';
import type { ViewerSnapshot } from './store.ts';
import type { ToolId } from './tools.ts';

/** The tools that draw what fades, and their keys. */
export const markTools = { 'mark-arrow': 'j', 'mark-line': 'q' } as const;
export type MarkTool = `mark-${MarkKind}`;

const kindOf = (tool: string): MarkKind | null => markKinds.find((kind) => tool === `mark-${kind}`) ?? null;

/** CSS pixels between two points of a line. */
const STEP = 2;

type MarkStage = {
  readonly store: { get: () => Pick<ViewerSnapshot, 'tool'> };
  chooseTool(tool: ToolId): void;
};

/** Draws arrows and free lines that fade. Nothing of it is a measurement, and nothing is kept. */
export class MarkHands implements Hands {
  readonly id = 'mark';
  private drawn: Mark | null = null;
  /** Unique among the tabs and the visits of one person. */
  private count = Math.floor(Math.random() * 2 ** 40);

  private onMark: ((mark: Mark) => void) | null = null;

  constructor(private readonly stage: MarkStage) {}

  /** Who hears what is drawn; without anybody there are no such tools. */
  tell(onMark: ((mark: Mark) => void) | null): void {
    this.onMark = onMark;
    if (!onMark && kindOf(this.stage.store.get().tool)) this.stage.chooseTool('window');
  }

  down({ event, pane, mm, view }: HandEvent): boolean {
    const kind = kindOf(this.stage.store.get().tool);
    const { shown } = pane;
    this.drawn = null;
    // With a second finger the picture is moved.
    const draws = kind && this.onMark && event.button === 0 && event.isPrimary;
    if (!draws || !shown?.seriesUid) return false;
    this.count += 1;
    this.drawn = {
      n: this.count,
      kind,
      seriesUid: shown.seriesUid,
      frameOfReferenceUid: shown.frameOfReferenceUid,
      normal: tuple(viewNormal(view)),
      projected: pane.kind === 'mip',
      points: [tuple(mm), tuple(mm)],
    };
    return true;
  }

  move({ mm, view }: HandEvent): void {
    const { drawn } = this;
    const [first, ...rest] = drawn?.points ?? [];
    if (!drawn || !first) return;
    const last = rest.at(-1) ?? first;
    if (length(subtract(mm, last)) < STEP * view.mmPerPixel) return;
    const points = drawn.kind === 'arrow' ? [first, tuple(mm)] : thinned([...drawn.points, tuple(mm)]);
    this.drawn = { ...drawn, points };
    this.onMark?.(this.drawn);
  }

  up(): void {
    this.drawn = null;
  }

  key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (!this.onMark || ctrlKey || metaKey || altKey) return false;
    const chosen = this.stage.store.get().tool;
    const tool = (Object.keys(markTools) as MarkTool[]).find((one) => markTools[one] === key);
    if (tool) this.stage.chooseTool(tool === chosen ? 'window' : tool);
    else if (key === 'Escape' && kindOf(chosen)) this.stage.chooseTool('window');
    else return false;
    return true;
  }
}

/** Drawing what fades, on a stage. */
export function startMarking(stage: MarkStage & { addHands(hands: Hands): () => void }): MarkHands {
  const hands = new MarkHands(stage);
  stage.addHands(hands);
  return hands;
}

const tuple = ([x, y, z]: Mm3): [number, number, number] => [x, y, z];

/** A line that is too long for a message loses every second point but its ends. */
function thinned(points: Mark['points']): Mark['points'] {
  if (points.length <= MOST_MARK_POINTS) return points;
  return points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
}

/** The two barbs of an arrow's head on the screen, `size` long. @param tail,head CSS pixels */
export function barbs(
  tail: readonly [number, number],
  head: readonly [number, number],
  size: number,
): readonly [readonly [number, number], readonly [number, number]] {
  const angle = Math.atan2(head[1] - tail[1], head[0] - tail[0]);
  const barb = (turn: number) =>
    [head[0] - size * Math.cos(angle + turn), head[1] - size * Math.sin(angle + turn)] as const;
  return [barb(Math.PI / 6), barb(-Math.PI / 6)];
}
