import type { Missing, Sight, Standing, StandingKind } from './protocol.ts';

/** The better a standing, the earlier it stands: a person with several tabs stands as the best of them. */
const bestFirst: readonly StandingKind[] = ['with', 'cannot', 'loading', 'free', 'older', 'away'];

/** What one tab says of itself; `older`: its page is of an earlier version, which says nothing. Null: not yet. */
export type Told = Sight | 'older' | null;

/** How a person stands to what is shared. `due`: the newest view that everybody had time to paint. */
export function standingOf(personId: string, tabs: readonly Told[], due: number): Standing {
  const all = tabs.map((told) => ({ kind: kindOf(told, due), missing: missingOf(told) }));
  const best = all.sort((a, b) => bestFirst.indexOf(a.kind) - bestFirst.indexOf(b.kind))[0];
  const kind = best?.kind ?? 'loading';
  return { personId, kind, missing: kind === 'cannot' ? (best?.missing ?? []) : [] };
}

function kindOf(told: Told, due: number): StandingKind {
  if (told === 'older') return 'older';
  if (told === null) return 'loading';
  if (told.doing !== 'follow') return told.doing;
  if (told.seq < due) return 'loading';
  return told.missing.length > 0 ? 'cannot' : 'with';
}

const missingOf = (told: Told): Missing[] => (told === null || told === 'older' ? [] : told.missing);
