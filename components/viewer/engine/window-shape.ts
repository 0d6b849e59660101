import { type Extent, roomOf } from '@/lib/dicom/room.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';

export type Size = Extent;

/**
 * mm per CSS pixel at zoom 1, in a window of so many CSS pixels: all of the field (mm across and down) is in it.
 * @param aspect width over height of the window that the zoom is told of, where that is another one: then all that fits
 * that window at zoom 1 is in this one, so that whatever its owner sees is seen here, and more.
 */
export function fitMm(field: Size, window: Size, aspect?: number): number {
  const { width, height } = aspect ? roomOf(field, aspect) : field;
  return Math.max(width / window.width, height / window.height);
}

export const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: clientHeight,
});

/** Width over height of an element; undefined while it has no room. */
export const aspectOf = ({ clientWidth, clientHeight }: Pick<HTMLElement, 'clientWidth' | 'clientHeight'>) =>
  clientWidth > 0 && clientHeight > 0 ? clientWidth / clientHeight : undefined;

/**
 * The same picture with its zoom told of this window and no other; the state itself where it is so already.
 * @param field mm across and down of what zoom 1 shows
 */
export function inOwnWindow(state: ViewportState, field: Size, window: Size): ViewportState {
  if (!state.aspect) return state;
  const zoom = (state.zoom * fitMm(field, window)) / fitMm(field, window, state.aspect);
  return { ...state, zoom, aspect: undefined };
}
