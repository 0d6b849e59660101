/**
 * Chromium begins a collection when so much memory was taken beside the JavaScript heap since the last one: 64 MiB.
 * Frames that are read into used memory take none (frame-memory.ts), and so everything else that opening a case leaves
 * behind would stay until the heap itself is full, several cases later.
 */
const ENOUGH = 100 * 1024 ** 2;

/**
 * Has the browser collect when it finds the time. It takes no memory: what is asked for is never written to, and is let
 * go of at once. A browser that collects by other rules does so as before.
 */
export function askForCollection(): void {
  try {
    new ArrayBuffer(ENOUGH);
  } catch {
    // So little is left that the browser collects by itself.
  }
}
