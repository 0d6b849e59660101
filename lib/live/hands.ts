import type { RoomEvent } from './protocol.ts';

/**
 * Hands that are up, first come first. They are decided, not looked at: everybody must see the same order, and a cut
 * connection must cost nobody their turn.
 */
export type Hands = readonly string[];

/** The hands after an event of the deciding lane. */
export function applyHand(hands: Hands, event: Pick<RoomEvent, 'type' | 'by' | 'personId'>): Hands {
  const without = (personId: string | undefined) => hands.filter((one) => one !== personId);
  if (event.type === 'hand.raise') return [...without(event.by), event.by];
  return event.type === 'hand.lower' ? without(event.personId) : hands;
}

/** Whose hand is up and who is here: a hand of somebody who is away waits, unseen, in its place. */
export const handsHere = (room: { hands: Hands; participants: readonly { personId: string }[] }): string[] =>
  room.hands.filter((hand) => room.participants.some((one) => one.personId === hand));
