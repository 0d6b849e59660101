/**
 * Buffers for what goes out at once, used again: fresh memory for each half megabyte costs more than reading it.
 * One is given back only when its bytes have left.
 */
const CLASSES = [64, 256, 640, 1024, 2560, 8448].map((kib) => kib * 1024);
const free: Buffer[][] = CLASSES.map(() => []);
const MOST_FREE = 16;

/** A buffer of at least that many bytes, with whatever was in it before. Larger than the largest class: a new one. */
export function takeBuffer(bytes: number): Buffer {
  const index = CLASSES.findIndex((size) => size >= bytes);
  if (index < 0) return Buffer.allocUnsafeSlow(bytes);
  return free[index]?.pop() ?? Buffer.allocUnsafeSlow(CLASSES[index] ?? bytes);
}

export function giveBuffer(buffer: Buffer): void {
  const list = free[CLASSES.indexOf(buffer.length)];
  if (list && list.length < MOST_FREE) list.push(buffer);
}
