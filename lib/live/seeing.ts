import type { Standing } from './protocol.ts';
import { presenterOf, type RoomModel, shownView } from './reducer.ts';

/** How somebody stands, as it is shown to those who lead: of nothing nobody is said to see it (W11). */
export const standingShown = (room: RoomModel, standing: Standing | undefined): Standing | undefined =>
  standing?.kind === 'with' && shownView(room) === null ? undefined : standing;

/** How many of the others see what is shared; null while nothing is, or nobody else is there. */
export function seeing(
  room: RoomModel,
  standings: ReadonlyMap<string, Standing>,
): { seeing: number; all: number } | null {
  const others = room.participants.filter((one) => one.personId !== presenterOf(room));
  if (others.length === 0 || shownView(room) === null) return null;
  const seen = others.filter((one) => standings.get(one.personId)?.kind === 'with');
  return { seeing: seen.length, all: others.length };
}
