import { AppError } from '@/lib/errors.ts';

/** One part of a multipart body (RFC 2046 5.1). Its body must be read, or left, before the next part is asked for. */
export type Part = { headers: ReadonlyMap<string, string>; body: AsyncGenerator<Buffer, void> };

const MOST_HEADER_BYTES = 16 * 1024;
const CRLF = Buffer.from('\r\n');
const BLANK = Buffer.from('\r\n\r\n');

/**
 * The parts of a multipart body as they stream in: slices of what came, never a copy, never a whole part. Throws
 * `multipart_damaged` where the parts cannot be told apart or the body ends before its last boundary; a part that is
 * being read then throws too, so that half of it cannot pass for the whole.
 */
export async function* readParts(
  source: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<Part, void> {
  const reader = new Reader(source, Buffer.from(`\r\n--${boundary}`, 'latin1'));
  await reader.skipPreamble();
  while (!(await reader.atEnd())) {
    const headers = await reader.headers();
    const body = reader.body();
    yield { headers, body };
    for await (const _rest of body) {
      // What the consumer left of the part.
    }
  }
}

class Reader {
  private readonly iterator: AsyncIterator<Buffer>;
  private readonly delimiter: Buffer;
  /** What came and was not yet given out. The first boundary has no line before it. */
  private held: Buffer = CRLF;

  constructor(source: AsyncIterable<Buffer>, delimiter: Buffer) {
    this.iterator = source[Symbol.asyncIterator]();
    this.delimiter = delimiter;
  }

  private async more(): Promise<void> {
    const next = await this.iterator.next();
    if (next.done) throw damaged('it ends within a part');
    this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
  }

  private async need(bytes: number): Promise<void> {
    while (this.held.length < bytes) await this.more();
  }

  async skipPreamble(): Promise<void> {
    for (let at = -1; at < 0; ) {
      at = this.held.indexOf(this.delimiter);
      if (at >= 0) this.held = this.held.subarray(at + this.delimiter.length);
      else if (this.held.length > MOST_HEADER_BYTES) throw damaged('no boundary');
      else await this.more();
    }
  }

  /** Behind a delimiter: whether it is the last one. */
  async atEnd(): Promise<boolean> {
    await this.need(2);
    return this.held[0] === 0x2d && this.held[1] === 0x2d;
  }

  async headers(): Promise<Map<string, string>> {
    let end = this.held.indexOf(BLANK);
    while (end < 0) {
      if (this.held.length > MOST_HEADER_BYTES) throw damaged('a part’s header is too long');
      await this.more();
      end = this.held.indexOf(BLANK);
    }
    const lines = this.held.toString('latin1', 0, end).split('\r\n');
    this.held = this.held.subarray(end + BLANK.length);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    return headers;
  }

  async *body(): AsyncGenerator<Buffer, void> {
    for (;;) {
      const at = this.held.indexOf(this.delimiter);
      if (at >= 0) {
        await this.need(at + this.delimiter.length + 2);
        const real = isBoundaryEnd(this.held, at + this.delimiter.length);
        const to = real ? at : at + 1;
        const slice = this.held.subarray(0, to);
        this.held = this.held.subarray(real ? at + this.delimiter.length : to);
        if (slice.length > 0) yield slice;
        if (real) return;
        continue;
      }
      const safe = this.held.length - this.overlap();
      const slice = this.held.subarray(0, safe);
      this.held = this.held.subarray(safe);
      if (slice.length > 0) yield slice;
      await this.more();
    }
  }

  /** How many bytes at the end may be the beginning of a delimiter whose rest is still to come. */
  private overlap(): number {
    const { held, delimiter } = this;
    const from = Math.max(0, held.length - delimiter.length + 1);
    for (let at = held.indexOf(0x0d, from); at >= 0; at = held.indexOf(0x0d, at + 1)) {
      const rest = held.length - at;
      if (held.compare(delimiter, 0, rest, at) === 0) return rest;
    }
    return 0;
  }
}

/** Behind the boundary stand `--`, or white space and the line's end; anything else is content that looks alike. */
function isBoundaryEnd(held: Buffer, at: number): boolean {
  const [a, b] = [held[at], held[at + 1]];
  return (a === 0x2d && b === 0x2d) || (a === 0x0d && b === 0x0a) || a === 0x20 || a === 0x09;
}

const damaged = (detail: string) => new AppError('multipart_damaged', { params: { detail } });
