/** What is gathered before it is written: an ordinary slice goes to the disk in one call, and its header is at hand. */
export const SLAB_BYTES = 1024 * 1024;
const MOST_FREE = 32;

const free: Buffer[] = [];

/**
 * Memory for an object on its way to the disk, used again. What a socket brings is copied into it at once, so that its
 * own buffers die young: bound to an object that waits for the disk they would grow old, and cost V8 a look at its
 * whole heap for each 64 MiB of them. Whatever was in it before is still there.
 */
export function takeSlab(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
}

/** Gives one back, once, when nobody reads it any more: the next object is written over it. */
export function giveSlab(slab: Buffer): void {
  if (free.includes(slab)) throw new Error('A slab was given back twice');
  if (free.length < MOST_FREE) free.push(slab);
}
