/**
 * Decodes one RLE frame (PS3.5 annex G): segments of PackBits, one per byte of a sample, the most significant first.
 * Returns pixels little endian, samples of a pixel together. Bounded by the output; throws RangeError on damage.
 */
export function decodeRle(frame: Buffer, pixels: number, samples: number, bytesPerSample: number): Buffer {
  const segments = frame.readUInt32LE(0);
  if (segments !== samples * bytesPerSample) throw new RangeError(`${segments} RLE segments`);
  const out = Buffer.alloc(pixels * samples * bytesPerSample);
  for (let segment = 0; segment < segments; segment += 1) {
    const start = frame.readUInt32LE(4 + 4 * segment);
    const next = segment + 1 < segments ? frame.readUInt32LE(8 + 4 * segment) : frame.length;
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    unpack(frame, start, Math.min(next || frame.length, frame.length), out, {
      at: sample * bytesPerSample + byte,
      step: samples * bytesPerSample,
    });
  }
  return out;
}

function unpack(
  frame: Buffer,
  start: number,
  end: number,
  out: Buffer,
  to: { at: number; step: number },
): void {
  let { at } = to;
  for (let from = start; from < end && at < out.length; ) {
    const control = frame.readInt8(from);
    from += 1;
    if (control >= 0) {
      for (let left = control + 1; left > 0 && at < out.length && from < end; left -= 1, at += to.step)
        out[at] = frame[from++] ?? 0;
    } else if (control !== -128) {
      const value = frame[from++] ?? 0;
      for (let left = 1 - control; left > 0 && at < out.length; left -= 1, at += to.step) out[at] = value;
    }
  }
}
