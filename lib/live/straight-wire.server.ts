import type { Socket } from 'node:net';

/** What Node's own stream hands its writes to: a connection of libuv. Neither is documented; see `past`. */
type Handle = { writeBuffer: (request: Request, bytes: Buffer) => number };
type Request = { oncomplete?: (status: number) => void; kept?: unknown };
type StreamWrap = {
  WriteWrap: new () => Request;
  streamBaseState: ArrayLike<number>;
  kLastWriteWasAsync: number;
};

const node = streamWrap();

/** Whether this Node lets frames go straight: where it has changed, they go through the stream. */
export const goesStraight = node !== null;

/**
 * Writes whole WebSocket frames to a TCP connection, straight to the kernel: a stream's bookkeeping costs as much again as
 * a view's way through the kernel, and a view goes to thousands. What the kernel does not take at once waits in libuv's
 * queue, before all that is written later; until it has gone the wire is not ready. Where the stream holds something
 * back itself, the connection is encrypted, or Node has changed, frames go through the stream as anything else.
 */
export class StraightWire {
  /** Of one write at a time; used again as long as the kernel takes all at once, when nobody keeps it. */
  private request = node && new node.WriteWrap();
  private waiting = false;
  private resumes: (() => void)[] = [];

  private readonly straightOn: boolean;

  constructor(private readonly socket: Socket) {
    this.straightOn = goesStraight && !(socket as { encrypted?: boolean }).encrypted;
  }

  get ready(): boolean {
    return !this.waiting && !this.socket.writableNeedDrain;
  }

  /** Calls back once when the wire takes something again. */
  onceReady(resume: () => void): void {
    if (this.waiting) this.resumes.push(resume);
    else if (this.socket.writableNeedDrain) this.socket.once('drain', resume);
    else resume();
  }

  /** False when it is not ready, and nothing was written. What comes after the end of a connection is nobody's. */
  take(frame: Buffer): boolean {
    if (this.waiting) return false;
    const { socket } = this;
    if (!socket.writable) return true;
    // The way past the stream, where there is one and nothing is before it.
    const clear = this.straightOn && socket.writableLength === 0;
    const handle = clear ? (socket as unknown as { _handle: Handle | null })._handle : null;
    if (handle) this.straight(handle, frame);
    else if (socket.writableNeedDrain) return false;
    else socket.write(frame);
    return true;
  }

  private straight(handle: Handle, frame: Buffer): void {
    if (!node || !this.request) return;
    const { request } = this;
    const failed = handle.writeBuffer(request, frame);
    if (failed) this.socket.destroy();
    else if (node.streamBaseState[node.kLastWriteWasAsync]) this.waitFor(request, handle, frame);
  }

  /** The kernel has not taken all: libuv keeps the request, and the bytes must stay until it is done. */
  private waitFor(request: Request, handle: Handle, frame: Buffer): void {
    this.waiting = true;
    this.request = node && new node.WriteWrap();
    request.kept = [handle, frame];
    request.oncomplete = () => {
      this.waiting = false;
      for (const resume of this.resumes.splice(0)) resume();
    };
  }
}

/** Node's own ends of a connection, or null where this Node does not have them. */
function streamWrap(): StreamWrap | null {
  try {
    const wrap = (process as unknown as { binding: (name: string) => Partial<StreamWrap> }).binding(
      'stream_wrap',
    );
    const { WriteWrap, streamBaseState, kLastWriteWasAsync } = wrap;
    if (!WriteWrap || typeof streamBaseState?.[kLastWriteWasAsync ?? -1] !== 'number') return null;
    return wrap as StreamWrap;
  } catch {
    return null;
  }
}
