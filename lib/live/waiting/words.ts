/**
 * What is said between a waiting room and those who stand in it: Socket.IO's namespace `/waiting` at the room's path.
 * Nothing of the room's own words is sent there; see SPEC.md, Waiting room.
 */
export const WAITING_NAMESPACE = '/waiting';

/** How one stands there. Only `declined` has a time: how long one has to wait before asking again, in ms. */
export type WaitingWord =
  | { doing: 'waiting' }
  | { doing: 'admitted' }
  | { doing: 'declined'; againInMs: number };

export type WaitingServerMessages = {
  state: (word: WaitingWord) => void;
  ended: (refusal: { code: string }) => void;
};

export type WaitingClientMessages = {
  /** Asks again after having been declined. */
  ask: () => void;
};
