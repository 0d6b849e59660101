/** Memory that a thread of the store can see too. */
export type Slab = Buffer<SharedArrayBuffer>;

/** What is gathered before it is written: an ordinary slice goes to the disk in one call, and its header is at hand. */
export const SLAB_BYTES = 1024 * 1024;
const MOST_KEPT = 64;
const WASM_PAGE_BYTES = 64 * 1024;

let memory: SharedArrayBuffer | undefined;
const free: Slab[] = [];

/**
 * Memory for an object on its way to the disk, used again. What a socket brings is copied into it at once, so that its
 * own buffers die young: bound to an object that waits for the disk they would grow old, and cost V8 a look at its
 * whole heap for each 64 MiB of them. Shared, because a thread of its own hashes and writes it. Whatever was in it before
 * is still there.
 */
export function takeSlab(): Slab {
  if (!memory) free.push(...alignedSlabs());
  return free.pop() ?? Buffer.from(new SharedArrayBuffer(SLAB_BYTES));
}

/** Gives one back, once, when nobody reads it any more: the next object is written over it. */
export function giveSlab(slab: Slab): void {
  if (free.includes(slab)) throw new Error('A slab was given back twice');
  if (isAligned(slab)) free.push(slab);
}

/** Whether it begins where a page of memory does, as a write past the system's cache wants it. */
export const isAligned = (slab: Buffer): boolean => slab.buffer === memory;

/** A WebAssembly memory is the one that JavaScript has at the beginning of a page; it is used up as it is written to. */
function alignedSlabs(): Slab[] {
  const pages = (MOST_KEPT * SLAB_BYTES) / WASM_PAGE_BYTES;
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  if (!(buffer instanceof SharedArrayBuffer)) throw new Error('Memory that was to be shared is not');
  memory = buffer;
  return Array.from({ length: MOST_KEPT }, (_, index) => Buffer.from(buffer, index * SLAB_BYTES, SLAB_BYTES));
}
