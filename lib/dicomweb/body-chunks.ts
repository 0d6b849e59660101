import type { Readable } from 'node:stream';

/** What may wait to be read, in bytes; then the other side waits. */
const HIGH_WATER_BYTES = 512 * 1024;

/**
 * The bytes of a stream in the pieces in which they come. A stream's own iterator joins what waits, a copy of every
 * byte when the reader is the slower one; this one hands on what there is, piece by piece. Throws the stream's error,
 * or one of its own when the stream closes before its end. A reader that stops early leaves the stream paused.
 */
export async function* bodyChunks(stream: Readable): AsyncGenerator<Buffer, void> {
  let chunks: Buffer[] = [];
  let waiting = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    waiting += chunk.length;
    if (waiting >= HIGH_WATER_BYTES) stream.pause();
    wake();
  };
  const onEnd = () => {
    ended = true;
    wake();
  };
  const onError = (error: Error) => {
    failure ??= error;
    wake();
  };
  const onClose = () => {
    if (!ended) onError(new Error('The stream closed before its end'));
  };
  stream.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  try {
    if (stream.destroyed && !stream.readableEnded) onClose();
    for (;;) {
      const taken = chunks;
      chunks = [];
      for (const chunk of taken) {
        waiting -= chunk.length;
        yield chunk;
      }
      if (taken.length > 0) continue;
      if (failure) throw failure;
      if (ended) return;
      if (stream.isPaused()) stream.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stream.pause();
    stream.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
  }
}
