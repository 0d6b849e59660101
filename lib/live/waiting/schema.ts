/** What somebody sees who waits: which meeting, and for whom. Nothing of its cases. */
export type WaitingRoomView = {
  id: string;
  boardTitle: string;
  centreCode: string;
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
  chairName: string;
};

/** Somebody who waits, as those see them who may let them in. */
export type WaitingPerson = {
  personId: string;
  displayName: string;
  centreCode: string;
  role: string;
  specialty: string | null;
  /** ISO 8601. */
  since: string;
};
