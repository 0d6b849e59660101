/**
 * From an offset in mm along the normal to a fractional plane index; planes may be spaced unevenly. Beyond the outermost
 * planes it goes on as between the last two.
 */
export function planeIndex(offsets: Float64Array): (offset: number) => number {
  const known = kept.get(offsets) ?? make(offsets);
  kept.set(offsets, known);
  return known;
}

/** One function per grid: what is compiled for it is of use to the next structure. */
const kept = new WeakMap<Float64Array, (offset: number) => number>();

function make(offsets: Float64Array): (offset: number) => number {
  const first = offsets[0] ?? 0;
  const step = (offsets[1] ?? 0) - first;
  const even = offsets.every((offset, index) => Math.abs(offset - first - index * step) < 1e-4);
  if (even) return (offset) => (offset - first) / step;
  return (offset) => {
    let low = 0;
    let high = offsets.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const a = offsets[low] ?? 0;
    return low + (offset - a) / ((offsets[high] ?? 0) - a);
  };
}
