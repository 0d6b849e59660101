import type { DocumentState } from '@/lib/live/view-state.ts';

type Place = Pick<DocumentState, 'page' | 'area'>;

/**
 * Where a report is read: its item that stands first, from 1, and how far into it. Texts break otherwise in windows of
 * other widths, so that no height in pixels says it.
 * @param tops upper edges of the items below the beginning of the report, in any unit, ascending
 * @param end the lower edge of the last one, in that unit
 * @param scrolled how far the window's upper edge is below the beginning
 */
export function placeAt(tops: readonly number[], end: number, scrolled: number): Place {
  // A part of a pixel is no scrolling.
  const index = Math.max(
    0,
    tops.findLastIndex((top) => top <= scrolled + 1),
  );
  const top = tops[index] ?? 0;
  const height = (tops[index + 1] ?? end) - top;
  const into =
    height > 0 ? Math.min(0.99, Math.max(0, Math.round(((scrolled - top) / height) * 100) / 100)) : 0;
  return { page: index + 1, area: into === 0 ? null : [0, into, 1, 1] };
}

/** How far a window is scrolled to read there; null where the report has no such item. */
export function scrolledTo(tops: readonly number[], end: number, { page, area }: Place): number | null {
  const top = tops[page - 1];
  if (top === undefined) return null;
  return top + (area?.[1] ?? 0) * ((tops[page] ?? end) - top);
}
