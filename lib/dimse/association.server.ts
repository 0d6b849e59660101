import type { Socket } from 'node:net';
import { log } from '@/lib/log.server.ts';
import { type CommandSet, encodeCommand } from './command-set.ts';
import type { DataSetStream } from './data-set-stream.ts';
import { EarlyAnswer } from './early-answer.ts';
import { DimseError } from './errors.ts';
import { type Message, MessageAssembler } from './message-assembler.ts';
import { dataHead, longestFragment, messagePdus, type SendLimits } from './message-pdus.ts';
import { encodeAbort, encodeRelease, PDU } from './pdu.ts';
import { DEFAULT_LIMITS, type PduLimits, PduReader } from './pdu-reader.ts';
import { DEFAULT_TIMES, type Times } from './times.ts';

/** An agreed presentation context, seen from here. */
export type Context = {
  id: number;
  abstractSyntax: string;
  transferSyntax: string;
  /** Whether this side may send objects on it (C-STORE-RQ), and whether it takes them. */
  mayRequest: boolean;
  mayPerform: boolean;
};

export type { Message };

/** The longest P-DATA-TF body that we ask for. */
export const MAX_PDU_LENGTH = 256 * 1024;
const HIGH_WATER_BYTES = 512 * 1024;
/** Commands that wait unread before the socket is stopped. */
const MAX_INBOX = 2;
/** Less than this in one stall time is no sending but a siege. */
const MIN_STALL_BYTES = 4096;
const SEND_AHEAD_BYTES = 1024 * 1024;

/**
 * One DICOM association over a socket, on either side: PDUs in and out, messages with their data sets as streams, the
 * clocks. It fails once, with one DimseError; everything that waits on it then throws that error.
 */
export class Association {
  readonly socket: Socket;
  contexts = new Map<number, Context>();
  #limits: SendLimits = { maxLength: 16384 };
  readonly #times: Times;
  readonly #reader: PduReader;
  readonly #clock: NodeJS.Timeout;
  #established = false;
  /** Set when either side asked for the end in good order. */
  #releasing = false;
  #failure: DimseError | undefined;
  #inbox: (Message | { pdu: number; body: Buffer })[] = [];
  #wake: (() => void) | undefined;
  readonly #assembler: MessageAssembler;
  /** What the last `receive` handed out. */
  #delivered: DataSetStream | undefined;
  #paused = false;
  #openedAt = Date.now();
  #since = Date.now();
  #bytes = 0;
  /** Bytes that the other side had taken at the last look. */
  #taken = 0;
  #nextMessageId = 1;
  #held: Buffer | undefined;
  #early: EarlyAnswer | undefined;

  constructor(socket: Socket, times: Times = DEFAULT_TIMES, limits: PduLimits = DEFAULT_LIMITS) {
    this.socket = socket;
    this.#times = times;
    this.#assembler = new MessageAssembler(
      (message) => this.#arrive(message),
      () => this.#flow(),
    );
    this.#reader = new PduReader(
      {
        onPdu: (pdu, body) => this.#onPdu(pdu, body),
        onFragment: (contextId, isCommand, bytes, last) =>
          this.#onFragment(contextId, isCommand, bytes, last),
      },
      limits,
    );
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (cause) => this.#fail(new DimseError('aborted', 'connection lost', { cause })));
    socket.on('close', () => this.#fail(new DimseError('aborted', 'connection closed')));
    socket.on('end', () => this.#fail(new DimseError('aborted', 'connection closed')));
    this.#clock = setInterval(
      () => this.#tick(),
      Math.min(1000, Math.max(20, times.stall / 4), times.artim / 4),
    );
  }

  get established(): boolean {
    return this.#established;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Message IDs that the other side asked to cancel. */
  get cancelled(): ReadonlySet<number> {
    return this.#assembler.cancelled;
  }

  get #midway(): boolean {
    return this.#assembler.midway || this.#reader.midway;
  }

  /** Whether nothing is under way: no message half-come, none being served. */
  get idle(): boolean {
    return this.#wake !== undefined && !this.#midway;
  }

  /** From now on messages may go both ways. `maxLength` is the other side's; 0 is no limit. */
  establish(contexts: readonly Context[], maxLength: number): void {
    this.contexts = new Map(contexts.map((context) => [context.id, context]));
    this.#limits = { maxLength: maxLength === 0 ? MAX_PDU_LENGTH : Math.min(maxLength, MAX_PDU_LENGTH) };
    this.#established = true;
    this.#mark();
  }

  /** For senders that wait for the kernel's acknowledgements and do not read meanwhile: see EarlyAnswer. */
  hurryAcknowledgements(): void {
    this.#early = new EarlyAnswer(
      this.socket,
      () => this.#assembler.midway && !this.#paused,
      () => this.#assembler.expectedRest,
    );
  }

  #out(bytes: Buffer): void {
    this.socket.write(this.#early?.restOf(bytes) ?? bytes);
  }

  nextMessageId(): number {
    const id = this.#nextMessageId;
    this.#nextMessageId = (id % 65535) + 1;
    return id;
  }

  /** The next PDU that is no data: for the handshake and the release. */
  async receivePdu(): Promise<{ pdu: number; body: Buffer }> {
    for (;;) {
      const next = await this.#next();
      if ('pdu' in next) return next;
      next.dataSet?.discard();
    }
  }

  /** The next message; null when the other side asks for release. What is left of the last data set is let pass. */
  async receive(): Promise<Message | null> {
    this.#delivered?.discard();
    this.#delivered = undefined;
    const next = await this.#next();
    if (!('pdu' in next)) {
      this.#delivered = next.dataSet ?? undefined;
      return next;
    }
    if (next.pdu === PDU.releaseRq) return null;
    throw this.#abortWith(new DimseError('protocol_error', `PDU ${next.pdu} within an association`));
  }

  async #next(): Promise<Message | { pdu: number; body: Buffer }> {
    this.#mark();
    for (;;) {
      const next = this.#inbox.shift();
      if (next) {
        this.#flow();
        return next;
      }
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  /** A command, with its data set where it is at hand, in one write to the socket. */
  async send(contextId: number, command: CommandSet, dataSet?: Buffer): Promise<void> {
    // What was held back is a state that this one supersedes.
    this.#held = undefined;
    await this.write(messagePdus(contextId, encodeCommand(command), dataSet, this.#limits));
  }

  /**
   * A command that need not go at once: with the first bytes that come from the other side. Programs that write an
   * answer in two pieces wait after the first one until it is acknowledged, which the kernel does not hurry to do
   * (40 ms) unless something goes that way.
   */
  sendWithNext(contextId: number, command: CommandSet): void {
    this.#held = messagePdus(contextId, encodeCommand(command), undefined, this.#limits);
  }

  /** A command and a data set that is read while it is sent; waits for the other side to take it. */
  async sendStream(contextId: number, command: CommandSet, source: AsyncIterable<Uint8Array>): Promise<void> {
    const longest = longestFragment(this.#limits);
    let kept: Buffer = Buffer.alloc(0);
    let head: Buffer | undefined = messagePdus(contextId, encodeCommand(command), undefined, this.#limits);
    const put = (fragment: Buffer, last: boolean) => {
      const start = dataHead(contextId, fragment.length, last);
      this.#out(head ? Buffer.concat([head, start]) : start);
      head = undefined;
      this.socket.write(fragment);
    };
    try {
      for await (const chunk of source) {
        const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        let rest = kept.length > 0 ? Buffer.concat([kept, bytes]) : bytes;
        if (this.#failure) throw this.#failure;
        this.socket.cork();
        // The last piece waits: only then is it known whether it carries the flag that ends the data set.
        for (; rest.length > longest; rest = rest.subarray(longest)) put(rest.subarray(0, longest), false);
        this.socket.uncork();
        kept = rest;
        if (this.socket.writableLength > SEND_AHEAD_BYTES) await this.#drained();
      }
    } catch (error) {
      // What has begun to be sent cannot be taken back: the other side must not wait for its end.
      if (head === undefined) this.abort();
      throw error;
    }
    if (this.#failure) throw this.#failure;
    this.socket.cork();
    put(kept, true);
    this.socket.uncork();
    if (this.socket.writableLength > SEND_AHEAD_BYTES) await this.#drained();
  }

  /** Writes at once; waits only when the other side is far behind. Throws the association's failure. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#out(bytes);
    if (this.socket.writableLength > SEND_AHEAD_BYTES) await this.#drained();
  }

  async #drained(): Promise<void> {
    this.#mark();
    await new Promise<void>((resolve) => {
      const done = () => {
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.on('drain', done);
      this.socket.on('close', done);
      if (this.socket.destroyed) done();
    });
    if (this.#failure) throw this.#failure;
    this.#mark();
  }

  /** Asks for the end and waits until the other side agrees; the association is over either way. */
  async release(): Promise<void> {
    if (this.#failure) return;
    this.#releasing = true;
    await this.write(encodeRelease(PDU.releaseRq));
    try {
      for (;;) {
        const { pdu } = await this.receivePdu();
        // Both sides may ask at once (PS3.8 9.2.3, release collision).
        if (pdu === PDU.releaseRq) await this.write(encodeRelease(PDU.releaseRp));
        if (pdu === PDU.releaseRp) break;
      }
    } catch {
      // Gone without an answer: gone all the same.
    }
    this.close();
  }

  /** Agrees to the other side's release; it closes the connection, or the clock does. */
  acceptRelease(): void {
    this.#releasing = true;
    this.end(encodeRelease(PDU.releaseRp));
  }

  /** Breaks it off, telling the other side. */
  abort(): void {
    this.#abortWith(new DimseError('aborted', 'by this side'), 0, 0);
  }

  /** Sends the last bytes and closes: what comes after them is not heard any more. */
  end(bytes: Buffer): void {
    if (this.socket.destroyed) return;
    // Behind the beginning of an answer no other word can stand.
    if (this.#early?.begun) {
      this.close(true);
      return;
    }
    this.socket.removeAllListeners('data');
    // Unread bytes would turn the close into a reset, which may overtake what we say last.
    this.socket.resume();
    this.socket.end(bytes);
    const timer = setTimeout(() => this.socket.destroy(), Math.min(this.#times.artim, 2000));
    this.socket.once('close', () => clearTimeout(timer));
    this.#fail(new DimseError('aborted', 'ended by this side'));
  }

  close(atOnce = false): void {
    this.#fail(new DimseError('aborted', 'closed by this side'));
    if (atOnce) this.socket.destroy();
    else this.socket.destroySoon();
  }

  #abortWith(error: DimseError, source = 2, reason = 0): DimseError {
    if (this.#failure) return this.#failure;
    this.#fail(error);
    this.end(encodeAbort(source, reason));
    return error;
  }

  #fail(error: DimseError): void {
    if (this.#failure) return;
    this.#failure = error;
    clearInterval(this.#clock);
    this.#assembler.fail(error);
    // A stopped socket would never notice that the other side closed it.
    if (this.#paused) this.socket.resume();
    this.#wake?.();
  }

  #onData(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#held) this.#out(this.#held);
    this.#held = undefined;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      // Whatever the bytes did: it ends this association and nothing else.
      if (!(error instanceof DimseError)) log.error({ err: error }, 'DICOM bytes');
      this.#abortWith(error instanceof DimseError ? error : new DimseError('protocol_error', 'unreadable'));
      return;
    }
    this.#early?.bytesCame();
    this.#flow();
  }

  /** Reads the socket only while there is room for what it brings. */
  #flow(): void {
    const full = this.#assembler.queued >= HIGH_WATER_BYTES || this.#inbox.length >= MAX_INBOX;
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.socket.pause();
    else {
      this.#mark();
      this.socket.resume();
    }
  }

  #onPdu(pdu: number, body: Buffer): void {
    if (pdu === PDU.abort) {
      const by = body[2] === 0 ? 'by the other side' : `by the other side's provider, reason ${body[3] ?? 0}`;
      this.#fail(new DimseError('aborted', by));
      this.socket.destroy();
      return;
    }
    if (pdu === PDU.releaseRq && !this.#established)
      throw new DimseError('protocol_error', 'release too early');
    this.#arrive({ pdu, body });
  }

  #arrive(what: Message | { pdu: number; body: Buffer }): void {
    this.#inbox.push(what);
    this.#wake?.();
  }

  #onFragment(contextId: number, isCommand: boolean, bytes: Buffer, last: boolean): void {
    if (this.#releasing) return;
    if (!this.#established || !this.contexts.has(contextId)) {
      throw new DimseError('protocol_error', 'data outside of an agreed context');
    }
    this.#assembler.fragment(contextId, isCommand, bytes, last);
  }

  /** The time from which on the other side is waited for. */
  #mark(): void {
    this.#since = Date.now();
    this.#bytes = 0;
  }

  #tick(): void {
    const now = Date.now();
    const waited = now - this.#since;
    const timeout = (what: string) => this.#abortWith(new DimseError('timeout', what));
    if (!this.#established) {
      if (now - this.#openedAt >= this.#times.artim) timeout('no association');
    } else if (this.socket.writableLength > SEND_AHEAD_BYTES) {
      const taken = this.socket.bytesWritten - this.socket.writableLength;
      if (taken - this.#taken >= MIN_STALL_BYTES) this.#mark();
      else if (waited >= this.#times.stall) timeout('what is sent is not taken');
      this.#taken = taken;
    } else if (this.#paused) {
      this.#mark();
    } else if (this.#midway) {
      if (waited < this.#times.stall) return;
      if (this.#bytes < MIN_STALL_BYTES) timeout('a message that does not go on');
      else this.#mark();
    } else if (this.#wake && waited >= this.#times.idle) timeout('nothing came');
    else if (!this.#wake) this.#mark();
  }
}
