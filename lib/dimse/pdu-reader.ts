import { DimseError } from './errors.ts';
import { PDU } from './pdu.ts';

/** What a reader hands on. Throwing in one of these stops the reader. */
export type PduSink = {
  /** Every PDU but P-DATA-TF, whole. */
  onPdu(type: number, body: Buffer): void;
  /** A piece of a presentation data value as it came; `last` with the piece that ends a command or data set. */
  onFragment(contextId: number, isCommand: boolean, bytes: Buffer, last: boolean): void;
};

export type PduLimits = { maxData: number; maxOther: number };

/** A P-DATA-TF may be longer than what we asked for, but not without end. */
export const DEFAULT_LIMITS: PduLimits = { maxData: 1024 * 1024, maxOther: 1024 * 1024 };

const HEAD = 6;

/**
 * Cuts a stream of bytes into PDUs (PS3.8 9.3). Data values are handed on in the pieces in which they came, uncopied;
 * nothing is allocated for a length that is merely claimed, and one over the limits throws DimseError `protocol_error`.
 */
export class PduReader {
  readonly #sink: PduSink;
  readonly #limits: PduLimits;
  /** The six bytes that head a PDU, and those that head a data value: length, context, control. */
  readonly #head = Buffer.alloc(HEAD);
  #headFilled = 0;
  #type = 0;
  /** Bytes of the present PDU that are still to come; -1 between PDUs. */
  #left = -1;
  #parts: Buffer[] = [];
  /** Bytes of the present data value that are still to come; -1 between values. */
  #valueLeft = -1;
  #contextId = 0;
  #control = 0;

  constructor(sink: PduSink, limits: PduLimits = DEFAULT_LIMITS) {
    this.#sink = sink;
    this.#limits = limits;
  }

  /** True within a PDU. */
  get midway(): boolean {
    return this.#left >= 0 || this.#headFilled > 0;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left < 0) at = this.#readHead(chunk, at);
      else if (this.#type === PDU.data) at = this.#readData(chunk, at);
      else at = this.#readBody(chunk, at);
    }
  }

  /** Fills the head from the chunk; true when it is full. */
  #fill(chunk: Buffer, at: number): boolean {
    const taken = Math.min(HEAD - this.#headFilled, chunk.length - at);
    chunk.copy(this.#head, this.#headFilled, at, at + taken);
    this.#headFilled += taken;
    return this.#headFilled === HEAD;
  }

  #readHead(chunk: Buffer, at: number): number {
    const before = this.#headFilled;
    const full = this.#fill(chunk, at);
    const next = at + this.#headFilled - before;
    const type = this.#head[0] ?? 0;
    if (type < PDU.associateRq || type > PDU.abort)
      throw new DimseError('protocol_error', 'unknown PDU type');
    if (!full) return next;
    this.#headFilled = 0;
    this.#type = type;
    const length = this.#head.readUInt32BE(2);
    const limit = type === PDU.data ? this.#limits.maxData : this.#limits.maxOther;
    if (length > limit) throw new DimseError('protocol_error', `a PDU claims ${length} bytes`);
    this.#left = length;
    this.#parts = [];
    if (length === 0) this.#end();
    return next;
  }

  #readBody(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#left);
    this.#parts.push(chunk.subarray(at, end));
    this.#left -= end - at;
    if (this.#left === 0) this.#end();
    return end;
  }

  #end(): void {
    this.#left = -1;
    if (this.#type === PDU.data) return;
    const [only] = this.#parts;
    const body = only && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#sink.onPdu(this.#type, body);
  }

  #readData(chunk: Buffer, at: number): number {
    if (this.#valueLeft < 0) return this.#readValueHead(chunk, at);
    const end = Math.min(chunk.length, at + this.#valueLeft);
    this.#valueLeft -= end - at;
    this.#left -= end - at;
    this.#hand(chunk.subarray(at, end));
    return end;
  }

  #readValueHead(chunk: Buffer, at: number): number {
    const before = this.#headFilled;
    const full = this.#fill(chunk, at);
    const taken = this.#headFilled - before;
    this.#left -= taken;
    if (this.#left < 0) throw new DimseError('protocol_error', 'a data value runs over its PDU');
    if (!full) {
      if (this.#left === 0) throw new DimseError('protocol_error', 'a data value is cut');
      return at + taken;
    }
    this.#headFilled = 0;
    const length = this.#head.readUInt32BE(0);
    if (length < 2 || length - 2 > this.#left)
      throw new DimseError('protocol_error', 'length of a data value');
    this.#valueLeft = length - 2;
    this.#contextId = this.#head[4] ?? 0;
    this.#control = this.#head[5] ?? 0;
    if (this.#valueLeft === 0) this.#hand(chunk.subarray(0, 0));
    return at + taken;
  }

  #hand(bytes: Buffer): void {
    const ended = this.#valueLeft === 0;
    if (ended) this.#valueLeft = -1;
    if (this.#left === 0) this.#end();
    const last = ended && (this.#control & 2) !== 0;
    this.#sink.onFragment(this.#contextId, (this.#control & 1) !== 0, bytes, last);
  }
}
