import { COMMAND, type CommandSet, decodeCommand } from './command-set.ts';
import { DataSetStream } from './data-set-stream.ts';
import { DimseError } from './errors.ts';

export type Message = { contextId: number; command: CommandSet; dataSet: DataSetStream | null };

const MAX_COMMAND_BYTES = 64 * 1024;
const MAX_CANCELLED = 1000;

/** Puts fragments together to messages: a command whole, its data set as a stream that is filled as it comes. */
export class MessageAssembler {
  /** Message IDs that the other side asked to cancel (C-CANCEL, PS3.7 9.3.2.3). */
  readonly cancelled = new Set<number>();
  readonly #onMessage: (message: Message) => void;
  readonly #onRead: () => void;
  #command: Buffer[] = [];
  #commandBytes = 0;
  #stream: DataSetStream | undefined;
  #contextId = 0;
  #received = 0;
  #expected = 0;

  /** `onRead` is called when a reader has taken something of a data set. */
  constructor(onMessage: (message: Message) => void, onRead: () => void) {
    this.#onMessage = onMessage;
    this.#onRead = onRead;
  }

  /** Whether a message has begun and not ended. */
  get midway(): boolean {
    return this.#stream !== undefined || this.#commandBytes > 0;
  }

  /** What of the data set that is coming in waits to be read, in bytes. */
  get queued(): number {
    return this.#stream?.queued ?? 0;
  }

  /** What is still to come of this data set if it is as long as the one before, as the slices of a series are. */
  get expectedRest(): number {
    return this.#stream ? this.#expected - this.#received : 0;
  }

  /** Nothing more will come. */
  fail(error: DimseError): void {
    this.#stream?.fail(error);
  }

  /** Throws DimseError `protocol_error` for fragments that do not make messages. */
  fragment(contextId: number, isCommand: boolean, bytes: Buffer, last: boolean): void {
    if (isCommand) this.#onCommand(contextId, bytes, last);
    else this.#onDataSet(contextId, bytes, last);
  }

  #onCommand(contextId: number, bytes: Buffer, last: boolean): void {
    if (this.#stream) throw new DimseError('protocol_error', 'a command within a data set');
    this.#command.push(bytes);
    this.#commandBytes += bytes.length;
    if (this.#commandBytes > MAX_COMMAND_BYTES)
      throw new DimseError('protocol_error', 'a command without end');
    if (!last) return;
    const command = decodeCommand(Buffer.concat(this.#command));
    this.#command = [];
    this.#commandBytes = 0;
    if (command.commandField === COMMAND.cancelRq) {
      if (this.cancelled.size < MAX_CANCELLED) this.cancelled.add(command.respondedTo ?? 0);
      return;
    }
    // Numbers come again; what was meant for an earlier message of this one is too late.
    if (command.messageId !== undefined) this.cancelled.delete(command.messageId);
    if (command.hasDataSet) this.#stream = new DataSetStream(this.#onRead);
    this.#contextId = contextId;
    this.#onMessage({ contextId, command, dataSet: this.#stream ?? null });
  }

  #onDataSet(contextId: number, bytes: Buffer, last: boolean): void {
    const stream = this.#stream;
    if (!stream || contextId !== this.#contextId) {
      throw new DimseError('protocol_error', 'a data set without its command');
    }
    this.#received += bytes.length;
    if (last) {
      this.#stream = undefined;
      this.#expected = this.#received;
      this.#received = 0;
    }
    stream.push(bytes, last);
  }
}
