/**
 * How long each case was open, by the server's clock: the sum of all its openings until another case was opened. Made
 * of events alone, so it is the same for everybody and survives whatever they survive.
 */
export type CaseClock = {
  /** Milliseconds of finished openings, by item. */
  spentMs: Readonly<Record<string, number>>;
  /** When the open case was opened, ISO 8601; null before the first. */
  openedAt: string | null;
};

export const stoppedClock: CaseClock = { spentMs: {}, openedAt: null };

/** A case is opened: the one that was open, if any, has had its time. */
export function turnTo(clock: CaseClock, left: string | null, at: string): CaseClock {
  if (left === null) return { ...clock, openedAt: at };
  return { spentMs: { ...clock.spentMs, [left]: spentOn(clock, left, left, Date.parse(at)) }, openedAt: at };
}

/** For how long a case was open until `nowMs`, by the server's clock; 0 when it never was. In ms. */
export function spentOn(clock: CaseClock, openItemId: string | null, itemId: string, nowMs: number): number {
  const before = clock.spentMs[itemId] ?? 0;
  if (itemId !== openItemId || clock.openedAt === null) return before;
  return before + Math.max(0, nowMs - Date.parse(clock.openedAt));
}

type Planned = { startsAt: string; agenda: readonly { id: string; plannedMinutes: number }[] };

/** Later than this no plan holds any more: the session is held on another day. */
const ANOTHER_DAY_MS = 12 * 3_600_000;

/**
 * How much later than planned a session ends when each case that is left takes its planned minutes, in ms; negative
 * when early. A case that was open and is not any more is done with. Null before the first case, and on another day.
 */
export function latenessOf(
  session: Planned,
  clock: CaseClock,
  openItemId: string | null,
  nowMs: number,
): number | null {
  if (clock.openedAt === null) return null;
  const toGo = session.agenda.reduce((sum, item) => {
    const plannedMs = item.plannedMinutes * 60_000;
    const spent = spentOn(clock, openItemId, item.id, nowMs);
    if (item.id === openItemId) return sum + Math.max(0, plannedMs - spent);
    return item.id in clock.spentMs ? sum : sum + plannedMs;
  }, 0);
  const planned = session.agenda.reduce((sum, item) => sum + item.plannedMinutes * 60_000, 0);
  const late = nowMs + toGo - (Date.parse(session.startsAt) + planned);
  return Math.abs(late) > ANOTHER_DAY_MS ? null : late;
}
