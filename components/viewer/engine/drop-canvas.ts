/**
 * Takes a canvas that nobody will see again off the page, and its pixels from memory at once: the browser's collector
 * would come for them when the next case has long its own.
 */
export function dropCanvas(canvas: HTMLCanvasElement): void {
  canvas.remove();
  canvas.width = 0;
  canvas.height = 0;
}
