import type { Polygon } from './scanline.ts';

/** Vertices closer than this are one, in 1/mm: contours are written to the hundredth of a millimetre or finer. */
const PER_MM = 1000;

/**
 * The boundary of a closed polygon, as loops: without repeated points, without spurs that are drawn out and straight
 * back, and without the channel of a keyhole (PS3.3
 * C.8.8.6.3: one closed curve that holds an inner boundary, joined to the outer one by a channel of no width, passed
 * there and back). By the even-odd rule the loops enclose exactly what the polygon does. A polygon without any such
 * channel is one loop; one that goes there and back only encloses nothing and has none.
 */
export function boundaryLoops(polygon: Polygon): Polygon[] {
  const points = withoutSpurs(withoutRepeats(polygon));
  const count = points.length / 2;
  if (count < 3) return [];
  const { ids, repeated } = numberVertices(points);
  if (!repeated) return [points];
  const edges = withoutChannels(ids);
  if (edges.length === count) return [points];
  return chain(points, ids, edges) ?? [points];
}

const same = (a: number, b: number): boolean => Math.round(a * PER_MM) === Math.round(b * PER_MM);

function withoutRepeats(polygon: Polygon): Polygon {
  const kept = new Float64Array(polygon.length);
  let length = 0;
  for (let at = 0; at + 1 < polygon.length; at += 2) {
    const x = polygon[at] ?? 0;
    const y = polygon[at + 1] ?? 0;
    if (length > 0 && same(x, kept[length - 2] ?? 0) && same(y, kept[length - 1] ?? 0)) continue;
    kept[length] = x;
    kept[length + 1] = y;
    length += 2;
  }
  const closes = (): boolean =>
    same(kept[0] ?? 0, kept[length - 2] ?? 0) && same(kept[1] ?? 0, kept[length - 1] ?? 0);
  while (length > 2 && closes()) length -= 2;
  return kept.slice(0, length);
}

/** Without the tips at which the line turns straight back: it encloses as much without them, however it is divided. */
function withoutSpurs(points: Polygon): Polygon {
  let [kept, before] = [dropTips(points), points.length];
  while (kept.length < before) {
    before = kept.length;
    kept = dropTips(withoutRepeats(kept));
  }
  return kept;
}

function dropTips(points: Polygon): Polygon {
  const kept = new Float64Array(points.length);
  let length = 0;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const next = (at + 2) % points.length;
    const before = (length > 0 ? length : points.length) - 2;
    const from = length > 0 ? kept : points;
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    const [inX, inY] = [x - (from[before] ?? 0), y - (from[before + 1] ?? 0)];
    const [outX, outY] = [(points[next] ?? 0) - x, (points[next + 1] ?? 0) - y];
    const longer = Math.max(Math.hypot(inX, inY), Math.hypot(outX, outY));
    const aside = Math.abs(inX * outY - inY * outX);
    if (inX * outX + inY * outY < 0 && aside * PER_MM < longer) continue;
    kept[length] = x;
    kept[length + 1] = y;
    length += 2;
  }
  return length === points.length ? points : kept.slice(0, length);
}

/** One number per place; a hash table without text, for contours of many thousand points. */
function numberVertices(points: Polygon): { ids: Int32Array; repeated: boolean } {
  const count = points.length / 2;
  let size = 4;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const ids = new Int32Array(count);
  let repeated = false;
  for (let index = 0; index < count; index += 1) {
    const x = Math.round((points[2 * index] ?? 0) * PER_MM);
    const y = Math.round((points[2 * index + 1] ?? 0) * PER_MM);
    let slot = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    for (;;) {
      const there = table[slot] ?? -1;
      if (there < 0) {
        table[slot] = index;
        ids[index] = index;
        break;
      }
      if (
        same(points[2 * there] ?? 0, points[2 * index] ?? 0) &&
        same(points[2 * there + 1] ?? 0, points[2 * index + 1] ?? 0)
      ) {
        ids[index] = there;
        repeated = true;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return { ids, repeated };
}

/** Edges (by the index of their first vertex) that are passed once, or in one direction only. */
function withoutChannels(ids: Int32Array): number[] {
  const count = ids.length;
  const key = (from: number, to: number): number => from * count + to;
  const passed = new Map<number, number[]>();
  const gone = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const from = ids[index] ?? 0;
    const to = ids[(index + 1) % count] ?? 0;
    const back = passed.get(key(to, from))?.pop();
    if (back !== undefined) {
      gone[back] = 1;
      gone[index] = 1;
      continue;
    }
    const there = passed.get(key(from, to));
    if (there) there.push(index);
    else passed.set(key(from, to), [index]);
  }
  return Array.from(ids.keys()).filter((index) => gone[index] === 0);
}

/** Edges in their order as closed loops; null when they do not close. */
function chain(points: Polygon, ids: Int32Array, edges: readonly number[]): Polygon[] | null {
  const count = ids.length;
  const from = new Map<number, number[]>();
  for (const edge of [...edges].reverse()) {
    const start = ids[edge] ?? 0;
    const there = from.get(start);
    if (there) there.push(edge);
    else from.set(start, [edge]);
  }
  const loops: Polygon[] = [];
  for (const first of edges) {
    const start = ids[first] ?? 0;
    const loop: number[] = [];
    for (let edge = from.get(start)?.pop(); edge !== undefined; ) {
      loop.push(points[2 * edge] ?? 0, points[2 * edge + 1] ?? 0);
      const end = ids[(edge + 1) % count] ?? 0;
      edge = end === start ? undefined : from.get(end)?.pop();
      if (edge === undefined && end !== start) return null;
    }
    if (loop.length >= 6) loops.push(Float64Array.from(loop));
  }
  return loops;
}
