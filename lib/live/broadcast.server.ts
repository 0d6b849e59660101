import type { ServerMessages } from './protocol.ts';

type Rest<All extends unknown[]> = All extends [unknown, ...infer Others] ? Others : [];

/**
 * A message to many, encoded once for all of them. Made as it is asked for first: a room of one needs none of it.
 * Wire formats: Socket.IO protocol 5 (an event of the default namespace is packet type 2), Engine.IO protocol 4 (a message
 * is packet type 4), RFC 6455 section 5.2 (a final text frame of a server, not masked).
 */
export class Broadcast<M extends keyof ServerMessages = keyof ServerMessages> {
  private text: string | undefined;
  private bytes: Buffer | undefined;

  /** What follows the content, in messages that have more than one. */
  readonly rest: readonly unknown[];

  constructor(
    readonly message: M,
    readonly content: Parameters<ServerMessages[M]>[0],
    ...rest: Rest<Parameters<ServerMessages[M]>>
  ) {
    this.rest = rest;
  }

  /** As Socket.IO sends it over whatever carries it. */
  get packet(): string {
    this.text ??= `2${JSON.stringify([this.message, this.content, ...this.rest])}`;
    return this.text;
  }

  /** As it stands on a WebSocket's wire. */
  get frame(): Buffer {
    this.bytes ??= textFrame(`4${this.packet}`);
    return this.bytes;
  }
}

function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
