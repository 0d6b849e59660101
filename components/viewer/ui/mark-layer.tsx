'use client';

import { useSyncExternalStore } from 'react';
import type { FadingMark, FadingMarks } from '../engine/fading-marks.ts';
import { barbs } from '../engine/mark-hands.ts';
import { isMarkOn } from '../engine/mark-place.ts';
import { thicknessOf } from '../engine/measure-place.ts';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';

/** CSS pixels. */
const HEAD = 14;

/** Everybody's arrows and lines that lie on the shown image, each in its person's colour, until they have faded. */
export function MarkLayer({ stage, id, marks }: { stage: Stage; id: string; marks: FadingMarks }) {
  const { marks: all } = useSyncExternalStore(marks.subscribe, marks.get, marks.get);
  const pane = stage.pane(id);
  if (all.length === 0 || !pane?.shown || pane.trouble) return null;
  const here = all.filter((one) => isHere(stage, pane, one));
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      {here.map((one) => (
        <MarkDrawing key={`${one.personId} ${one.mark.n}`} pane={pane} one={one} />
      ))}
    </svg>
  );
}

function MarkDrawing({ pane, one }: { pane: Pane; one: FadingMark }) {
  const points = one.mark.points.map((point) => pane.toCanvas(point));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const path = `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
  const head = barbs(first, last, HEAD).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  const d = one.mark.kind === 'arrow' ? `${path}M${head[0]}L${last.join(' ')}L${head[1]}` : path;
  return (
    <g
      className={`transition-opacity duration-1000 motion-reduce:transition-none ${one.fading ? 'opacity-0' : ''}`}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      data-mark={one.personId}
      data-mark-kind={one.mark.kind}
    >
      <path d={d} stroke="#000" strokeWidth="5" />
      <path d={d} stroke={one.colour} strokeWidth="2.5" />
      {one.name && (
        <text
          x={first[0] + 6}
          y={first[1] - 6}
          fill={one.colour}
          stroke="none"
          className="text-xs font-medium"
        >
          {one.name}
        </text>
      )}
    </g>
  );
}

function isHere(stage: Stage, pane: Pane, { mark }: FadingMark): boolean {
  const view = pane.viewPlane();
  if (!view || !pane.shown) return false;
  const { seriesUid, frameOfReferenceUid } = pane.shown;
  const thickness = thicknessOf(pane, view, stage.volumes);
  return isMarkOn(mark, { view, seriesUid, frameOfReferenceUid, projection: pane.kind === 'mip', thickness });
}
