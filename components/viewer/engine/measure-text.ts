import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';

/** CSS pixels from the viewport's top left corner. */
export type Box = { left: number; top: number; right: number; bottom: number };
export type TextLine = { text: string; tone: 'label' | 'plain' | 'warning' };

const LINE = 15;
const PADDING = 4;
const WARNING = '#fcd34d';
const WHITE = '#f5f5f5';
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Lines of text on their own dark ground, as they must be read over a white PET too. Inside of the viewport, and below
 * what is written already.
 */
export function drawText(
  context: CanvasRenderingContext2D,
  lines: readonly TextLine[],
  at: CanvasPoint,
  view: Pick<ViewPlane, 'width' | 'height'>,
  edge: string,
  taken: Box[],
): void {
  if (lines.length === 0) return;
  context.save();
  context.textBaseline = 'middle';
  const font = (tone: TextLine['tone']) =>
    `${tone === 'label' ? '600 ' : ''}12px ui-sans-serif, system-ui, sans-serif`;
  const widths = lines.map(({ text, tone }) => {
    context.font = font(tone);
    return context.measureText(text).width;
  });
  const width = Math.max(...widths) + 2 * PADDING;
  const height = lines.length * LINE + 2 * PADDING - 2;
  const box = freePlace(at, width, height, view, taken);
  taken.push(box);
  context.fillStyle = 'rgba(0, 0, 0, 0.78)';
  context.fillRect(box.left, box.top, width, height);
  context.fillStyle = edge;
  context.fillRect(box.left, box.top, 2, height);
  lines.forEach(({ text, tone }, index) => {
    context.font = font(tone);
    context.fillStyle = tone === 'warning' ? WARNING : WHITE;
    context.fillText(text, box.left + PADDING + 1, box.top + PADDING + (index + 0.5) * LINE - 1);
  });
  context.restore();
}

function freePlace(
  [x, y]: CanvasPoint,
  width: number,
  height: number,
  view: Pick<ViewPlane, 'width' | 'height'>,
  taken: readonly Box[],
): Box {
  const left = Math.max(2, Math.min(x, view.width - width - 2));
  const lowest = view.height - height - 2;
  const boxAt = (top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  let box = boxAt(Math.max(2, Math.min(y, lowest)));
  for (let tries = taken.length; tries > 0; tries -= 1) {
    const other = taken.find((one) => overlap(one, box));
    if (!other) break;
    const below = other.bottom + 2;
    // At the bottom it goes over what it would have gone under.
    box = boxAt(below <= lowest ? below : Math.max(2, other.top - height - 2));
  }
  return box;
}
