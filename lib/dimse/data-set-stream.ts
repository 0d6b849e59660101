/** Pieces smaller than this are joined, so that a sender of tiny fragments costs nobody a write for each. */
const SMALL_BYTES = 16 * 1024;
const JOINED_BYTES = 64 * 1024;
/** What a piece costs beside its bytes. */
const PIECE_COST = 128;

/**
 * The bytes of one data set while they come in: pushed by the association, read once by whoever takes the object,
 * uncopied but for small pieces. No more than the association's high-water mark is held, because it stops reading its
 * socket beyond that. A reader that stops early lets the rest pass.
 */
export class DataSetStream implements AsyncIterable<Buffer> {
  readonly #onRead: () => void;
  #pieces: Buffer[] = [];
  #queued = 0;
  #ended = false;
  #discarding = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** What waits to be read, in bytes of memory. */
  get queued(): number {
    return this.#queued;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(bytes: Buffer, last: boolean): void {
    if (!this.#discarding && bytes.length > 0) {
      this.#pieces.push(bytes);
      this.#queued += bytes.length + PIECE_COST;
    }
    this.#ended ||= last;
    this.#wake?.();
  }

  /** The other side is gone: the reader gets this error after no more bytes. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error;
    this.#ended = true;
    this.#wake?.();
  }

  /** What has come and what still comes is not wanted. */
  discard(): void {
    this.#discarding = true;
    this.#pieces = [];
    this.#queued = 0;
    this.#onRead();
  }

  /** Everything at once, for identifiers. Throws RangeError beyond `limit` bytes. */
  async whole(limit: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of this) {
      size += part.length;
      if (size > limit) throw new RangeError('The data set is too long');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer, undefined> {
    return {
      next: async () => {
        while (!this.#ended && this.#pieces.length === 0) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          this.#wake = undefined;
        }
        if (this.#error !== undefined) throw this.#error;
        if (this.#pieces.length === 0) return { done: true, value: undefined };
        return { done: false, value: this.#take() };
      },
      return: async () => {
        this.discard();
        return { done: true, value: undefined };
      },
    };
  }

  #take(): Buffer {
    let count = 0;
    let size = 0;
    for (const piece of this.#pieces) {
      if (count > 0 && (piece.length >= SMALL_BYTES || size + piece.length > JOINED_BYTES)) break;
      count += 1;
      size += piece.length;
      if (piece.length >= SMALL_BYTES) break;
    }
    const taken = this.#pieces.splice(0, count);
    this.#queued -= size + count * PIECE_COST;
    this.#onRead();
    const [only] = taken;
    return only && taken.length === 1 ? only : Buffer.concat(taken, size);
  }
}
