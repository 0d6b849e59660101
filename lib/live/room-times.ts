/** A room's clocks, in milliseconds. */
export type RoomTimes = {
  /** How long a presenter may be away before the chair is offered control. */
  presenterGraceMs: number;
  /** How often logins and invitations are looked at again. */
  recheckMs: number;
  /** How often at most the last view is written down. */
  saveViewMs: number;
  /** How long a room is kept open after the last has left or knocked. */
  idleMs: number;
};

export const roomTimes: RoomTimes = {
  presenterGraceMs: 10_000,
  recheckMs: 30_000,
  saveViewMs: 1000,
  // People who reload a page find the room as it was.
  idleMs: 5 * 60_000,
};

/**
 * How often at most everybody is told who is there, in ms: the list of everybody to everybody, about 150 bytes each,
 * is held to some 20 MB a second. At once in a room of forty, every two seconds when five hundred come.
 */
export const tellPeopleEveryMs = (persons: number): number => Math.max(50, (persons * persons) / 133);
