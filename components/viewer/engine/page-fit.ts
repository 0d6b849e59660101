import type { DocumentState } from '@/lib/live/view-state.ts';

/** Shares of a page's width and height: left, top, right, bottom. */
export type PageArea = NonNullable<DocumentState['area']>;
type Size = { width: number; height: number };
/** How a page lies in a window: CSS pixels per unit of the page, and where its upper left corner is, in CSS pixels. */
export type PageFit = { scale: number; left: number; top: number };

const WHOLE: PageArea = [0, 0, 1, 1];
/** Closer nobody reads. */
const LEAST = 0.04;
const share = (value: number): number => Math.min(1, Math.max(0, Number(value.toFixed(4))));

/** As large as all of the area fits in the window, in its middle. */
export function fitPage(page: Size, area: PageArea | null, window: Size): PageFit {
  const [left, top, right, bottom] = area ?? WHOLE;
  const scale = Math.min(
    window.width / ((right - left) * page.width),
    window.height / ((bottom - top) * page.height),
  );
  return {
    scale,
    left: window.width / 2 - ((left + right) / 2) * page.width * scale,
    top: window.height / 2 - ((top + bottom) / 2) * page.height * scale,
  };
}

/** What of the page a window holds, which may be more than it was asked for. */
export function seenOf(page: Size, fit: PageFit, window: Size): PageArea {
  const [width, height] = [page.width * fit.scale, page.height * fit.scale];
  return [
    share(-fit.left / width),
    share(-fit.top / height),
    share((window.width - fit.left) / width),
    share((window.height - fit.top) / height),
  ];
}

/** The same middle, closer or (below 1) from farther; null when that is the whole page. */
export function zoomedBy(seen: PageArea, factor: number): PageArea | null {
  const across = shrunk(seen[0], seen[2], factor);
  const down = shrunk(seen[1], seen[3], factor);
  const area: PageArea = [across[0], down[0], across[1], down[1]];
  return area.every((value, index) => value === WHOLE[index]) ? null : area;
}

function shrunk(from: number, to: number, factor: number): [number, number] {
  const length = Math.min(1, Math.max(LEAST, (to - from) / factor));
  const start = Math.min(1 - length, Math.max(0, (from + to - length) / 2));
  return [share(start), share(start + length)];
}

/** Moved by shares of the page, no farther than to its edges. */
export function movedBy(seen: PageArea, across: number, down: number): PageArea {
  const [left, top, right, bottom] = seen;
  const x = Math.min(1 - right, Math.max(-left, across));
  const y = Math.min(1 - bottom, Math.max(-top, down));
  return [share(left + x), share(top + y), share(right + x), share(bottom + y)];
}

/** The page's full width, from the top of what is seen downwards as far as the window reaches. */
export function acrossPage(page: Size, seen: PageArea, window: Size): PageArea | null {
  const height = Math.min(1, (page.width / window.width) * (window.height / page.height));
  const top = Math.min(1 - height, seen[1]);
  return height === 1 ? null : [0, share(top), 1, share(top + height)];
}
