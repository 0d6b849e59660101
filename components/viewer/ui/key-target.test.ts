import { expect, test } from 'vitest';
import { isOthers } from './key-target.ts';

const page = { inViewer: false, onPage: true, button: false, scrolls: false };
const viewport = { inViewer: true, onPage: false, button: false, scrolls: false };
const sidePanel = { inViewer: true, onPage: false, button: false, scrolls: true };
const decision = { inViewer: false, onPage: false, button: false, scrolls: true };
const raisedHand = { inViewer: false, onPage: false, button: true, scrolls: false };

test.each([
  ['ArrowDown', page, false],
  ['PageUp', viewport, false],
  ['Home', sidePanel, true],
  [' ', decision, true],
  ['ArrowUp', { ...decision, scrolls: false }, true],
  ['ArrowUp', raisedHand, false],
  [' ', raisedHand, true],
  ['ArrowUp', { ...raisedHand, scrolls: true }, true],
  ['2', decision, false],
  ['Escape', sidePanel, false],
])('%j at %j is left to what has the focus: %s', (key, place, left) => {
  expect(isOthers(key, place)).toBe(left);
});
