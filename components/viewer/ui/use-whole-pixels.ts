import { type RefObject, useLayoutEffect } from 'react';

/** Between two viewports, in CSS pixels where the screen has as many. */
const GAP = 1;

/**
 * Lays a grid of viewports out on the screen's own pixels, whatever stands around it: a picture between two of them would
 * be resampled once more on its way to the screen, which blurs it and takes the browser as long as painting it.
 */
export function useWholePixels(grid: RefObject<HTMLElement | null>, rows: number, columns: number): void {
  useLayoutEffect(() => {
    const { current } = grid;
    if (!current) return;
    const settle = () =>
      Object.assign(current.style, wholePixels(current.getBoundingClientRect(), rows, columns));
    settle();
    const observer = new ResizeObserver(settle);
    observer.observe(current);
    return () => observer.disconnect();
  }, [grid, rows, columns]);
}

type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

/** A grid's own style: where its first viewport begins, and how large each is. `ratio`: of the screen's pixels to CSS pixels. */
export function wholePixels(
  { left, top, right, bottom }: Box,
  rows: number,
  columns: number,
  ratio = window.devicePixelRatio || 1,
): Record<'paddingLeft' | 'paddingTop' | 'gap' | 'gridTemplateRows' | 'gridTemplateColumns', string> {
  const gap = Math.max(1, Math.round(GAP * ratio));
  const along = (from: number, to: number, count: number) => {
    const first = Math.ceil(from * ratio - SLACK);
    const room = Math.max(0, Math.floor(to * ratio + SLACK) - first - gap * (count - 1));
    // What does not divide evenly goes to the first ones.
    const sizes = Array.from({ length: count }, (_, i) => Math.floor((room + count - 1 - i) / count));
    return {
      before: `${first / ratio - from}px`,
      tracks: sizes.map((size) => `${size / ratio}px`).join(' '),
    };
  };
  const [x, y] = [along(left, right, columns), along(top, bottom, rows)];
  return {
    paddingLeft: x.before,
    paddingTop: y.before,
    gap: `${gap / ratio}px`,
    gridTemplateRows: y.tracks,
    gridTemplateColumns: x.tracks,
  };
}

/** Layout counts in sixty-fourths of a pixel. */
const SLACK = 1 / 128;
