import type { Missing, Sight, Standing, StandingKind } from './protocol.ts';

/** The better a standing, the earlier it stands: a person with several tabs stands as the best of them. */
const bestFirst: readonly StandingKind[] = ['with', 'cannot', 'second', 'loading', 'free', 'older', 'away'];

/** What one tab says of itself; `older`: its page is of an earlier version, which says nothing. Null: not yet. */
export type Told = Sight | 'older' | null;

/**
 * How a person stands to what is shared.
 * @param due the newest view that everybody had time to paint; `second`: of the second presenter's
 */
export function standingOf(personId: string, tabs: readonly Told[], due: number, second = 0): Standing {
  const all = tabs.map((told) => ({ kind: kindOf(told, due, second), missing: missingOf(told) }));
  const best = all.sort((a, b) => bestFirst.indexOf(a.kind) - bestFirst.indexOf(b.kind))[0];
  const kind = best?.kind ?? 'loading';
  return { personId, kind, missing: kind === 'cannot' || kind === 'second' ? (best?.missing ?? []) : [] };
}

/** A page of an earlier version has no word for a second presenter: whoever looks along with one looks freely. */
export const inOlderWords = (standing: Standing): Standing =>
  standing.kind === 'second' ? { ...standing, kind: 'free', missing: [] } : standing;

function kindOf(told: Told, due: number, second: number): StandingKind {
  if (told === 'older') return 'older';
  if (told === null) return 'loading';
  if (told.doing === 'free' && told.second) return told.second.n < second ? 'loading' : 'second';
  if (told.doing !== 'follow') return told.doing;
  if (told.seq < due) return 'loading';
  return told.missing.length > 0 ? 'cannot' : 'with';
}

function missingOf(told: Told): Missing[] {
  if (told === null || told === 'older') return [];
  return told.doing === 'free' && told.second ? told.second.missing : told.missing;
}
