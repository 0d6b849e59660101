/** A small seeded generator (mulberry32): the same seed gives the same patient, to the last byte. */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A tile of Gaussian noise, standard deviation 1, smoothed to the grain of a reconstruction kernel. */
export function noiseTile(size: number, seed: number, grainPixels: number): Float32Array {
  const next = random(seed);
  const tile = new Float32Array(size * size);
  for (let i = 0; i < tile.length; i += 1) tile[i] = next() + next() + next() + next() - 2;
  const smooth = grainPixels > 0 ? blurWrapped(tile, size, grainPixels) : tile;
  let square = 0;
  for (const value of smooth) square += value * value;
  const scale = 1 / Math.sqrt(square / smooth.length);
  return smooth.map((value) => value * scale);
}

function blurWrapped(tile: Float32Array, size: number, sigma: number): Float32Array {
  const reach = Math.ceil(2.5 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const pass = (source: Float32Array, along: 1 | 0): Float32Array => {
    const result = new Float32Array(source.length);
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        let sum = 0;
        for (let k = -reach; k <= reach; k += 1) {
          const at = along ? y * size + ((x + k + size) % size) : ((y + k + size) % size) * size + x;
          sum += (source[at] ?? 0) * (kernel[k + reach] ?? 0);
        }
        result[y * size + x] = sum;
      }
    }
    return result;
  };
  return pass(pass(tile, 1), 0);
}
