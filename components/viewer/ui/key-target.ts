/** Keys that move: whatever has the focus and can be scrolled or moved in wants them first. */
const moving = /^(Arrow|Page|Home$|End$| $)/;

/** In a field of text, or on a control that has the arrows for itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'button'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Where a key was pressed, as far as it matters. */
type Place = {
  inViewer: boolean;
  onPage: boolean;
  /** A button has a use for the space bar, and none for the arrows. */
  button: boolean;
  scrolls: boolean;
};

/**
 * A key that moves is the viewer's inside of it, where nothing has the focus, or where a button has kept it; not on a
 * list that scrolls by it.
 */
export const isOthers = (key: string, { inViewer, onPage, button, scrolls }: Place): boolean =>
  moving.test(key) && !onPage && (scrolls || (!inViewer && (!button || key === ' ')));

/** Whether the viewer leaves the key to what has the focus. */
export function leavesKey(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const inViewer = target.closest('[data-viewer]') !== null;
  return isOthers(key, {
    inViewer,
    onPage: target === document.body || target === document.documentElement,
    button: target instanceof HTMLButtonElement && !target.role,
    // A button of the side panel is one of the viewer's; one of the decision scrolls what it stands in.
    scrolls: scrolls(target) || (!inViewer && standsInScroller(target.parentElement)),
  });
}

const scrolls = (element: Element): boolean =>
  element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY);

const standsInScroller = (element: Element | null): boolean =>
  element !== null &&
  element !== document.documentElement &&
  (scrolls(element) || standsInScroller(element.parentElement));
