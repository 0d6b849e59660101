import { painting } from './painting.ts';

/**
 * Gives an element the canvas that Cornerstone's viewport will find and take for its own, kept in main memory where
 * there is no graphics card: a canvas's first context decides for good, and Cornerstone asks for one without a word.
 */
export function makeCanvas(element: HTMLElement): void {
  if (!painting.bySoftware) return;
  const holder = document.createElement('div');
  holder.className = 'viewport-element';
  holder.style.cssText = 'position: relative; width: 100%; height: 100%; overflow: hidden';
  const canvas = document.createElement('canvas');
  canvas.className = 'cornerstone-canvas';
  canvas.style.cssText = 'position: absolute; width: 100%; height: 100%; image-rendering: pixelated';
  canvas.getContext('2d', { willReadFrequently: true });
  holder.append(canvas);
  element.append(holder);
}
