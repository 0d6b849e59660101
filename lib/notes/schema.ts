import { z } from 'zod';

export const noteMost = 10_000;

/** `baseVersion`: the version that the writer's text began from; 0 for a note that is not there yet. */
export const writeNoteSchema = z.object({
  shared: z.boolean(),
  text: z.string().max(noteMost),
  baseVersion: z.number().int().nonnegative(),
});
export type WriteNote = z.infer<typeof writeNoteSchema>;

export type OwnNote = { text: string; version: number };

/** The side notes of a case in a session, as one person may see them. */
export type NotesView = {
  /** Nobody else is shown it, by any door. */
  own: OwnNote;
  /** Everybody of the session reads it. */
  shared: OwnNote;
  /** What the others share; empty ones are left out. */
  others: { personId: string; author: string; text: string; updatedAt: string }[];
};

/** Two tabs of one person wrote: both texts stay, the one that is stored first. */
export function bothTexts(stored: string, mine: string): string {
  if (mine.startsWith(stored)) return mine;
  if (stored.startsWith(mine)) return stored;
  return `${stored}\n${mine}`.slice(0, noteMost);
}
