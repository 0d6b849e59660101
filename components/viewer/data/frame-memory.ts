/**
 * Memory in which frames lay whose case was closed: the next case's are read into it. Left to the browser's collector it
 * would stay until long after the next ones have come, and a page would hold two or three cases at once.
 */

/** No more than this is kept, in bytes: of a case as large as any, and little enough beside it. */
const MOST = 160 * 1024 ** 2;

/** Oldest first. */
let spare: ArrayBuffer[] = [];

/**
 * Takes a frame's memory back, and whoever still looks at it sees nothing: it is moved, so that the pixels of the next
 * case are never seen as those of this one.
 */
export function giveBack(memory: readonly ArrayBuffer[]): void {
  const held = [...new Set(memory)].filter((one) => one.byteLength > 0);
  spare.push(...held.map((one) => structuredClone(one, { transfer: [one] })));
  let bytes = 0;
  const fits = (one: ArrayBuffer) => {
    bytes += one.byteLength;
    return bytes <= MOST;
  };
  // The newest stay: the next case is more like the last one than like those before.
  spare = spare.reverse().filter(fits).reverse();
}

function takeMemory(bytes: number): ArrayBuffer {
  const at = spare.findLastIndex((one) => one.byteLength === bytes);
  return (at < 0 ? undefined : spare.splice(at, 1)[0]) ?? new ArrayBuffer(bytes);
}

/**
 * The whole of an answer, in memory that was given back where there is some of that size.
 * @throws TypeError when the line is cut
 */
export async function wholeBody(response: Response): Promise<ArrayBuffer> {
  const length = Number(response.headers.get('content-length') ?? 0);
  const packed = response.headers.get('content-encoding') !== null;
  const reader = length > 0 && !packed ? readerInto(response) : null;
  if (!reader) return response.arrayBuffer();
  let memory = takeMemory(length);
  for (let at = 0; at < length; ) {
    const { value, done } = await reader.read(new Uint8Array(memory, at));
    if (!value) throw new TypeError('The answer was cancelled');
    memory = value.buffer;
    at += value.byteLength;
    if (done) return memory.slice(0, at);
  }
  return memory;
}

/** Null where the browser does not read into memory that is given to it (Safari). */
function readerInto(response: Response): ReadableStreamBYOBReader | null {
  try {
    return response.body?.getReader({ mode: 'byob' }) ?? null;
  } catch {
    return null;
  }
}
