import { z } from 'zod';
import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';

const words = z.object({
  title: z.string().trim().min(1).max(200),
  note: z.string().trim().max(2000),
});

export const saveKeyViewSchema = words.extend({ note: words.shape.note.default(''), view: viewStateSchema });
/** What a change leaves out stays as it is. What a key view shows is never changed: another one is saved. */
export const editKeyViewSchema = words.partial().extend({ version: z.number().int() });
export const keepViewSchema = z.object({ view: viewStateSchema });

export type SaveKeyView = z.output<typeof saveKeyViewSchema>;
export type EditKeyView = z.output<typeof editKeyViewSchema>;

/** A key view by its words. */
export type KeyViewSummary = {
  id: string;
  title: string;
  note: string;
  authorId: string;
  authorName: string;
  /** ISO 8601. */
  createdAt: string;
  version: number;
  may: { change: boolean };
};

/** A key view with what it shows. */
export type KeyViewDetail = KeyViewSummary & {
  /** Null when another version of the program wrote it in a way that this one does not read. */
  view: ViewState | null;
};

/** How the asker left the case's images; null: never opened, or no longer readable. */
export type KeptViewDetail = { view: ViewState | null };
