/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What leads from one JSON value to another. `[0, value]`: another value altogether; `[1, changed, removed]`: an object
 * of which some keys differ; `[2, changed, length]`: a list of which some places differ.
 */
export type Delta =
  | readonly [0, Json]
  | readonly [1, Readonly<Record<string, Delta>>, readonly string[]]
  | readonly [2, Readonly<Record<string, Delta>>, number];

/** What leads from `from` to `to`; undefined when they are equal. */
export function deltaOf(from: Json | undefined, to: Json): Delta | undefined {
  if (from === to) return undefined;
  if (isList(from) && isList(to)) {
    const changed = changes(from, to);
    return Object.keys(changed).length === 0 && from.length === to.length
      ? undefined
      : [2, changed, to.length];
  }
  if (isRecord(from) && isRecord(to)) {
    const changed = changes(from, to);
    const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
    return Object.keys(changed).length === 0 && removed.length === 0 ? undefined : [1, changed, removed];
  }
  return [0, to];
}

/** The value that a delta leads to. Shares with `from` whatever did not change. Throws where it does not fit. */
export function applyDelta(from: Json | undefined, delta: Delta | undefined): Json {
  if (delta === undefined) {
    if (from === undefined) throw new TypeError('A delta of nothing');
    return from;
  }
  if (delta[0] === 0) return delta[1];
  if (delta[0] === 2) {
    if (!isList(from)) throw new TypeError('A list was expected');
    return Array.from({ length: delta[2] }, (_, index) => applyDelta(from[index], delta[1][index]));
  }
  if (!isRecord(from)) throw new TypeError('An object was expected');
  const gone = new Set(delta[2]);
  const kept = Object.entries(from).filter(([key]) => !gone.has(key));
  const changed = Object.entries(delta[1]).map(
    ([key, one]) => [key, applyDelta(Object.hasOwn(from, key) ? from[key] : undefined, one)] as const,
  );
  return Object.fromEntries([...kept, ...changed]);
}

function changes(
  from: readonly Json[] | Readonly<Record<string, Json>>,
  to: readonly Json[] | Readonly<Record<string, Json>>,
): Record<string, Delta> {
  const before = new Map<string, Json>(Object.entries(from));
  const changed: [string, Delta][] = [];
  for (const [key, value] of Object.entries(to)) {
    const delta = deltaOf(before.get(key), value);
    if (delta) changed.push([key, delta]);
  }
  return Object.fromEntries(changed);
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isRecord = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
