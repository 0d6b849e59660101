import { z } from 'zod';
import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';

/** As much as DICOM holds of them: Content Description (LO), and one text over a picture (ST). */
const words = z.object({
  title: z.string().trim().min(1).max(64),
  note: z.string().trim().max(900),
});

/** Why a viewport has no presentation state: tests, menus and messages name these. */
export type GspsRefusal = 'empty' | 'plane' | 'mip' | 'fusion' | 'colours' | 'colour_image' | 'lookup_table';

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
  /** Each viewport, and why it cannot be exported as a presentation state; null: it can. None of an unreadable view. */
  viewports: { viewportId: string; gsps: GspsRefusal | null }[];
};

/** A key view with what it shows. */
export type KeyViewDetail = KeyViewSummary & {
  /** Null when another version of the program wrote it in a way that this one does not read. */
  view: ViewState | null;
};

/** What a plain picture of an image lacks of what a viewport shows. */
export type LeftOut = 'fusion' | 'contours' | 'dose' | 'measurements' | 'part' | 'colours';

/** The acquired image behind a viewport of a key view, for a page without a viewer. */
export type KeyViewPicture = {
  viewportId: string;
  /** The rendered frame (PS3.18 10.4.1.1.3); null: there is none to show, `why` says the reason. */
  url: string | null;
  why: 'projection' | 'missing' | null;
  /** A cut through the volume was shown: this is the acquired image nearest to it. */
  nearest: boolean;
  /** Grey is to be turned round: the rendered frame is as the image itself asks for. */
  invert: boolean;
  /** Width by height, as the image is to be shown. */
  aspect: number;
  leftOut: LeftOut[];
};

/** How the asker left the case's images; null: never opened, or no longer readable. */
export type KeptViewDetail = { view: ViewState | null };
