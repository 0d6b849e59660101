import { addScaled } from '@/lib/dicom/image-plane.ts';
import type { Measurement } from '@/lib/live/measurement-state.ts';
import { linesOf, type Nearness } from '@/lib/measure/drawing.ts';
import { handlesOf, regionCircle } from '@/lib/measure/handles.ts';
import { noteLines, readingLines } from '@/lib/measure/reading-text.ts';
import { arrowHead } from '@/lib/measure/stroke.ts';
import { depthOf, toCanvas, type ViewPlane, viewNormal } from '@/lib/planes/view-plane.ts';
import type { Layer, LayerContext } from './layers.ts';
import { placedOn } from './measure-place.ts';
import { RegionOutlines } from './measure-region-outline.ts';
import { type Box, drawText, type TextLine } from './measure-text.ts';
import type { MeasureWords, Measuring } from './measuring.ts';

const COLOUR = '#fde047';
/** Seen by oneself alone. */
const OWN = '#d4d4d4';
const SELECTED = '#5eead4';
const HALO = 'rgba(0, 0, 0, 0.75)';
const HANDLE = 4;
const ARROW = 12;

/** Draws the measurements that lie on or near a plane, and beside those on it what they say. */
export function measureLayer(measuring: Measuring): Layer {
  const outlines = new RegionOutlines();
  return {
    id: 'measurements',
    draw: (on) => {
      const { context, ratio, view, pane } = on;
      context.scale(ratio, ratio);
      const { selected, words } = measuring.state.get();
      const shown = measuring
        .shown()
        .map((one) => ({ one, ...placedOn(pane, view, one, measuring.stage) }))
        .filter(({ near }) => near !== 'far');
      for (const { one, near, view } of shown)
        drawMeasurement({ ...on, view }, one, near, one.id === selected, measuring, outlines);
      const taken: Box[] = [];
      for (const { one, near, view } of shown)
        if (near === 'on' && words)
          writeBeside({ ...on, view }, one, one.id === selected, measuring, words, taken);
      return {};
    },
  };
}

function drawMeasurement(
  { context, view, pane }: LayerContext,
  measurement: Measurement,
  near: Nearness,
  selected: boolean,
  measuring: Measuring,
  outlines: RegionOutlines,
): void {
  const path = new Path2D();
  if (measurement.kind === 'region') {
    const circle = pane.kind === 'mip' ? wholeCircle(measurement, view) : regionCircle(measurement, view);
    if (!circle) return;
    path.arc(circle.centre[0], circle.centre[1], circle.radius, 0, 2 * Math.PI);
    const { region } = measuring.told(measurement).reading;
    if (region && pane.kind !== 'mip') outlines.add(path, measurement, region, view, circle);
  } else linePath(path, measurement, view);
  context.save();
  context.lineJoin = 'round';
  context.globalAlpha = near === 'on' ? 1 : 0.5;
  if (near === 'near') context.setLineDash([4, 4]);
  context.strokeStyle = HALO;
  context.lineWidth = 3.5;
  context.stroke(path);
  context.strokeStyle = selected ? SELECTED : colourOf(measuring, measurement);
  context.lineWidth = 1.5;
  context.stroke(path);
  context.setLineDash([]);
  if (selected && near === 'on' && pane.kind !== 'mip')
    drawHandles(context, measurement, view, measuring.state.get().handle);
  context.restore();
}

/** An annotation has its author's colour; what nobody else sees is grey. */
function colourOf(measuring: Measuring, { id }: Measurement): string {
  const whose = measuring.drawings.whose(id);
  return whose?.by === 'own' ? OWN : whose?.colour || COLOUR;
}

/** Of a projection the sphere's own radius is seen, at whatever depth it lies. */
function wholeCircle(measurement: Measurement, view: ViewPlane): ReturnType<typeof regionCircle> {
  const [centre] = measurement.points;
  if (!centre) return null;
  const through = addScaled(view.centre, viewNormal(view), depthOf(view, centre));
  return regionCircle(measurement, { ...view, centre: through });
}

function linePath(path: Path2D, measurement: Measurement, view: ViewPlane): void {
  for (const { points, closed } of linesOf(measurement)) {
    points.forEach((point, index) => {
      const [x, y] = toCanvas(view, point);
      if (index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    if (closed) path.closePath();
  }
  const [tip, from] = measurement.points;
  const head =
    measurement.kind === 'arrow' && tip && from
      ? arrowHead(tip, from, viewNormal(view), ARROW * view.mmPerPixel)
      : null;
  if (!head || !tip) return;
  const [a, b, c] = [head[0], tip, head[1]].map((point) => toCanvas(view, point));
  if (!a || !b || !c) return;
  path.moveTo(...a);
  path.lineTo(...b);
  path.lineTo(...c);
}

function drawHandles(
  context: CanvasRenderingContext2D,
  measurement: Measurement,
  view: ViewPlane,
  current: number,
): void {
  for (const { index, at } of handlesOf(measurement, view)) {
    context.beginPath();
    context.arc(at[0], at[1], HANDLE, 0, 2 * Math.PI);
    context.fillStyle = index === current ? SELECTED : HALO;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = SELECTED;
    context.stroke();
  }
}

/** What a measurement says, to the right of it; its label first, what must be said beside the numbers last. */
function writeBeside(
  { context, view }: LayerContext,
  measurement: Measurement,
  selected: boolean,
  measuring: Measuring,
  words: MeasureWords,
  taken: Box[],
): void {
  const { reading, loading } = measuring.told(measurement);
  const whose = measuring.drawings.whose(measurement.id);
  const lines: TextLine[] = [
    ...(whose?.by === 'own' ? [{ text: words.onlyYou, tone: 'warning' } as const] : []),
    ...(whose?.name ? [{ text: whose.name, tone: 'label' } as const] : []),
    ...(measurement.label ? [{ text: measurement.label, tone: 'label' } as const] : []),
    ...readingLines(words.locale, words.reading, reading).map((text): TextLine => ({ text, tone: 'plain' })),
    ...(loading
      ? [{ text: words.loading, tone: 'warning' } as const]
      : noteLines(words.locale, words.notes, reading).map((text): TextLine => ({ text, tone: 'warning' }))),
  ];
  const circle = measurement.kind === 'region' ? regionCircle(measurement, view) : null;
  const corners = circle
    ? [[circle.centre[0] + circle.radius * 0.7, circle.centre[1] - circle.radius * 0.7] as const]
    : handlesOf(measurement, view).map(({ at }) => at);
  const right = corners.reduce((best, one) => (one[0] > best[0] ? one : best), corners[0] ?? [0, 0]);
  drawText(
    context,
    lines,
    [right[0] + 10, right[1] + 6],
    view,
    selected ? SELECTED : colourOf(measuring, measurement),
    taken,
  );
}
