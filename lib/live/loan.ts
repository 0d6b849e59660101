import type { Command, Loan, RoomEvent } from './protocol.ts';
import { isObserver, presenterOf, type RoomModel } from './reducer.ts';

/**
 * The terms of a hand-over. Whoever has control for a time can pass it on for what is left of it only; the chair, whose
 * control is without a limit, never has it for a time.
 * @param now the server's clock, ms of the Unix epoch
 */
export function termsOf(
  room: RoomModel,
  by: string,
  { to, forSeconds }: Extract<Command, { type: 'control.give' }>,
  now: number,
): Partial<Loan> {
  const passed = room.loan && by !== room.chairId && by === presenterOf(room) ? room.loan : null;
  const returnsTo = passed?.returnsTo ?? by;
  if (to === returnsTo || to === room.chairId) return {};
  const ends = [
    ...(passed ? [passed.until] : []),
    ...(forSeconds === undefined ? [] : [new Date(now + forSeconds * 1000).toISOString()]),
  ].sort();
  return ends[0] === undefined ? {} : { until: ends[0], returnsTo };
}

/** The end of a loan: control goes to whoever has a right to it and is there. */
export const endOfLoan = (room: RoomModel, { returnsTo }: Loan): Pick<RoomEvent, 'type' | 'to'> => ({
  type: 'control.return',
  to: heirOf(room, returnsTo),
});

/**
 * Whoever gave it; the chair where they are away. While both are away it is theirs who gave it, who are missed as any
 * presenter is, and may be back in a moment: a chair who is not there could not even be asked. Who only looks on by
 * now never gets it; then it stays with whoever has it until the chair is back.
 */
function heirOf(room: RoomModel, returnsTo: string): string {
  const here = (personId: string) => room.participants.some((one) => one.personId === personId);
  const looksOn = isObserver(room, returnsTo);
  if (here(returnsTo) && !looksOn) return returnsTo;
  if (here(room.chairId)) return room.chairId;
  if (!looksOn) return returnsTo;
  return here(presenterOf(room)) ? presenterOf(room) : room.chairId;
}
