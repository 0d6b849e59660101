import type { DecisionMoment } from './schema.ts';

/** Typing saves several times a second; a pause as long as this begins anew. */
const ONE_GO_MS = 60_000;

/** Of what one person writes into one field in one go, the first moment; everything else as it is. In order of time. */
export function thinMoments(moments: readonly DecisionMoment[]): DecisionMoment[] {
  const latest = new Map<string, number>();
  return moments.filter(({ what, itemId, field, byName, at }) => {
    if (what !== 'written') return true;
    const key = JSON.stringify([itemId, field, byName]);
    const before = latest.get(key);
    const time = Date.parse(at);
    latest.set(key, time);
    return before === undefined || time - before > ONE_GO_MS;
  });
}
