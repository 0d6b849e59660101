/** Enough to be worth a write; less is handed on only when the data set ends there. */
const BATCH_BYTES = 256 * 1024;

/**
 * The bytes of one data set while they come in: pushed by the association, read once by whoever takes the object.
 * Pieces are joined to batches, which is the only copy made of them; never more than the association's high-water mark
 * is held, because the association stops reading its socket beyond it. A reader that stops early lets the rest pass.
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

  /** Bytes that wait to be read. */
  get queued(): number {
    return this.#queued;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(bytes: Buffer, last: boolean): void {
    if (!this.#discarding && bytes.length > 0) {
      this.#pieces.push(bytes);
      this.#queued += bytes.length;
    }
    this.#ended ||= last;
    if (this.#ended || this.#queued >= BATCH_BYTES) this.#wake?.();
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
        while (!this.#ended && this.#queued < BATCH_BYTES) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          this.#wake = undefined;
        }
        if (this.#error !== undefined) throw this.#error;
        if (this.#queued === 0) return { done: true, value: undefined };
        return { done: false, value: this.#take() };
      },
      return: async () => {
        this.discard();
        return { done: true, value: undefined };
      },
    };
  }

  #take(): Buffer {
    const [only] = this.#pieces;
    const batch = only && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces, this.#queued);
    this.#pieces = [];
    this.#queued = 0;
    this.#onRead();
    return batch;
  }
}
