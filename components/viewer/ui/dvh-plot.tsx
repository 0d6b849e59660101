'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from 'react';
import { DvhCurves } from './dvh-curves.tsx';
import { type DvhUnits, gyPer, roundTicks } from './dvh-scale.ts';
import type { DvhRow } from './use-dvhs.ts';
import { useSize } from './use-size.ts';

const MARGIN = { left: 48, right: 12, top: 8, bottom: 34 };

type Props = {
  rows: readonly DvhRow[];
  units: DvhUnits;
  cursorGy: number | null;
  /** The key of a row that is pointed at in the table. */
  marked: string | null;
  onHover: (gy: number | null) => void;
  onCursor: (gy: number | null) => void;
};

/** The curves over dose and volume. The pointer is an isodose in the views, a click puts the cursor there for everybody. */
export function DvhPlot({ rows, units, cursorGy, marked, onHover, onCursor }: Props) {
  const t = useTranslations('viewer.dvh');
  const format = useFormatter();
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame);
  const most = rows.reduce(
    (best, { answer }) => Math.max(best, (answer?.known && answer.dvh.dose?.max) || 0),
    0,
  );
  const per = gyPer(units);
  const ticks = useMemo(() => roundTicks(most / per, width > 500 ? 8 : 5), [most, per, width]);
  const toGy = (ticks.at(-1) ?? 1) * per;
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(10, width - MARGIN.left - MARGIN.right),
    height: Math.max(10, height - MARGIN.top - MARGIN.bottom),
  };
  const xOf = (gy: number) => plot.left + (gy / toGy) * plot.width;
  const gyAt = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left - plot.left) / plot.width) * toGy;
    return Number(Math.min(toGy, Math.max(0, at)).toPrecision(4));
  };
  const key = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
    };
    const by = steps[event.key];
    const at = cursorGy ?? 0;
    const to = by ? at + (by * toGy) / 100 : event.key === 'Home' ? 0 : event.key === 'End' ? toGy : null;
    if (to !== null) onCursor(Number(Math.min(toGy, Math.max(0, to)).toPrecision(4)));
    else if (event.key === 'Escape' || event.key === 'Delete') onCursor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const unit = units.dose === 'percent' && units.referenceGy !== null ? '%' : 'Gy';
  const told =
    cursorGy === null ? null : `${format.number(cursorGy / per, { maximumFractionDigits: 2 })} ${unit}`;
  return (
    <div
      ref={frame}
      className="relative min-h-32 min-w-0 flex-1 cursor-crosshair touch-none select-none"
      role="slider"
      tabIndex={0}
      aria-label={t('cursorOnCurves')}
      aria-valuemin={0}
      aria-valuemax={toGy}
      aria-valuenow={cursorGy ?? 0}
      aria-valuetext={told ?? t('cursorNowhere')}
      onPointerMove={(event) => onHover(gyAt(event))}
      onPointerLeave={() => onHover(null)}
      onPointerUp={(event) => onCursor(gyAt(event))}
      onKeyDown={key}
    >
      <svg width={width} height={height} className="absolute inset-0" aria-hidden="true">
        <Curves rows={rows} units={units} toGy={toGy} ticks={ticks} plot={plot} marked={marked} />
        {cursorGy !== null && cursorGy <= toGy && (
          <g data-dvh-cursor={cursorGy}>
            <line
              x1={xOf(cursorGy)}
              x2={xOf(cursorGy)}
              y1={plot.top}
              y2={plot.top + plot.height}
              stroke="white"
              strokeWidth={1.5}
            />
            <text
              x={xOf(cursorGy) + (xOf(cursorGy) > plot.left + plot.width - 70 ? -5 : 5)}
              y={plot.top + 12}
              textAnchor={xOf(cursorGy) > plot.left + plot.width - 70 ? 'end' : 'start'}
              className="fill-white text-xs"
            >
              {told}
            </text>
          </g>
        )}
      </svg>
    </div>
  );
}

/** The cursor runs over them many times a second: they are drawn when something of theirs is another. */
const Curves = memo(
  DvhCurves,
  (a, b) =>
    a.toGy === b.toGy &&
    a.marked === b.marked &&
    a.plot.width === b.plot.width &&
    a.plot.height === b.plot.height &&
    Object.entries(a.units).every(([name, value]) => b.units[name as keyof DvhUnits] === value) &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, at) => row.key === b.rows[at]?.key && row.answer === b.rows[at]?.answer),
);
