import type { Socket } from 'node:net';
import { PDU } from './pdu.ts';

/** Every answer is a P-DATA-TF, and this is how each of them begins (PS3.8 9.3.5): type and a reserved byte. */
const BEGINNING = Buffer.from([PDU.data, 0]);
/** Longer than a sender that is at work lets us wait, shorter than the kernel's delay (40 ms). */
const WAIT_MS = 2;
/** No longer than this is what a kernel holds back: less than one segment (the loopback device's are the longest). */
const HELD_BACK_BYTES = 64 * 1024;

/**
 * DCMTK leaves Nagle's algorithm on: the end of an object lies in its kernel until ours has acknowledged all before it,
 * which ours delays by 40 ms unless something goes that way. So that something goes, the first byte of the answer that
 * is due anyway is sent when an object stands still in mid-way; the rest follows in one piece when the object is safe,
 * and says no earlier than before how it went. Only for senders that do not read while they send: one that reads a PDU
 * whole before it goes on sending would wait for us, and we for it.
 */
export class EarlyAnswer {
  readonly #socket: Socket;
  readonly #midway: () => boolean;
  readonly #expectedRest: () => number;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `expectedRest`: what is probably still to come of the object, in bytes. */
  constructor(socket: Socket, midway: () => boolean, expectedRest: () => number) {
    this.#socket = socket;
    this.#midway = midway;
    this.#expectedRest = expectedRest;
    socket.once('close', () => clearTimeout(this.#timer));
  }

  /** Whether an answer has begun: nothing else may be said before its rest. */
  get begun(): boolean {
    return this.#sent > 0;
  }

  /**
   * Bytes have come; when no more do and the message is not whole, the answer begins: after a while, or at once where
   * what is missing is probably its end. Was that too soon, there is a second byte to say.
   */
  bytesCame(): void {
    if (!this.#midway() || this.#sent === BEGINNING.length) return;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#begin(), WAIT_MS);
    const rest = this.#expectedRest();
    if (this.#sent > 0 || rest <= 0 || rest >= HELD_BACK_BYTES) return;
    setImmediate(() => {
      if (this.#expectedRest() === rest) this.#begin();
    });
  }

  /** What is left to send of an answer. */
  restOf(answer: Buffer): Buffer {
    const rest = answer.subarray(this.#sent);
    this.#sent = 0;
    return rest;
  }

  #begin(): void {
    // More bytes wind it up again.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#midway() || this.#socket.destroyed || this.#sent === BEGINNING.length) return;
    this.#socket.write(BEGINNING.subarray(this.#sent, this.#sent + 1));
    this.#sent += 1;
  }
}

/** Programs known to send an object without reading meanwhile, by their Implementation Version Name. */
export const sendsWithoutReading = (implementationVersion: string): boolean =>
  implementationVersion.startsWith('OFFIS_DCMTK');
