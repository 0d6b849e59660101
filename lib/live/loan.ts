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

/** The end of a loan: back to whoever gave it, or to the chair when they are not there or only look on by now. */
export function endOfLoan(room: RoomModel, { returnsTo }: Loan): Pick<RoomEvent, 'type' | 'to'> {
  const there = room.participants.some((one) => one.personId === returnsTo);
  return {
    type: 'control.return',
    to: there && !isObserver(room, returnsTo) ? returnsTo : room.chairId,
  };
}
