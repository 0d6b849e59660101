/** How much rougher, relative to its values, one reading must be for the other one to be the right one. */
const ROUGHER = 2;

/**
 * Pixels of 32 bits in Explicit VR Big Endian as little endian. Pixel data is words of 16 bits (OW), the less
 * significant one first (PS3.5 8.1.1, annex D): DCMTK turns round the bytes of each. Others turn round all four. Which
 * was done is told by the values: read the other way, neighbours differ as random numbers do. Where both are as smooth
 * (an even dose), the smaller values are taken.
 * @param pixels images of something smooth, such as a dose
 */
export function fromBigEndian32(pixels: Uint8Array): Uint8Array {
  const whole = reordered(pixels, [3, 2, 1, 0]);
  const words = reordered(pixels, [1, 0, 3, 2]);
  const [a, b] = [roughness(whole), roughness(words)];
  if (a.relative > ROUGHER * b.relative) return words;
  if (b.relative > ROUGHER * a.relative) return whole;
  return b.sum < a.sum ? words : whole;
}

/** Each four bytes in another order. */
function reordered(pixels: Uint8Array, order: readonly [number, number, number, number]): Uint8Array {
  const [a, b, c, d] = order;
  const result = new Uint8Array(pixels.length - (pixels.length % 4));
  for (let at = 0; at < result.length; at += 4) {
    result[at] = pixels[at + a] ?? 0;
    result[at + 1] = pixels[at + b] ?? 0;
    result[at + 2] = pixels[at + c] ?? 0;
    result[at + 3] = pixels[at + d] ?? 0;
  }
  return result;
}

function roughness(pixels: Uint8Array): { relative: number; sum: number } {
  const view = new DataView(pixels.buffer);
  let [sum, steps, before] = [0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const value = view.getUint32(at, true);
    if (at > 0) steps += Math.abs(value - before);
    sum += value;
    before = value;
  }
  return { relative: sum > 0 ? steps / sum : 0, sum };
}
