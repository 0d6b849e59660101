/** Keys that move: whatever has the focus and can be scrolled or moved in wants them first. */
const moving = /^(Arrow|Page|Home$|End$| $)/;

/** In a field of text, or on a control that has the arrows for itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'button'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Where a key was pressed, as far as it matters. */
type Place = { inViewer: boolean; onPage: boolean; scrolls: boolean };

/** A key that moves is the viewer's inside of it, or when nothing has the focus; not on a list that scrolls by it. */
export const isOthers = (key: string, { inViewer, onPage, scrolls }: Place): boolean =>
  moving.test(key) && !onPage && (!inViewer || scrolls);

/** Whether the viewer leaves the key to what has the focus. */
export function leavesKey(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return isOthers(key, {
    inViewer: target.closest('[data-viewer]') !== null,
    onPage: target === document.body || target === document.documentElement,
    scrolls:
      target.scrollHeight > target.clientHeight && /auto|scroll/.test(getComputedStyle(target).overflowY),
  });
}
