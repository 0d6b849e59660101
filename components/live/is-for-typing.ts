const TYPING = 'input, textarea, select, dialog, [contenteditable="true"]';

/** In a field or a dialog: the room's keys are not for it. */
export const isForTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPING) !== null;
