import { z } from 'zod';
import { searchWords } from '@/lib/http/schema.ts';
import type { Share } from '@/lib/people/schema.ts';

/** What happened to one file, whichever door it came by. */
export const outcomes = ['taken', 'known', 'quarantined', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

export const fileResultSchema = z.object({
  /** Path in the dropped folder or in the zip. */
  path: z.string(),
  size: z.number(),
  outcome: z.enum(outcomes),
  /** A code of lib/errors.ts, for quarantined and refused. */
  reason: z.string().nullable(),
  detail: z.string(),
  sopInstanceUid: z.string().nullable(),
  studyUid: z.string().nullable(),
});
export type FileResult = z.infer<typeof fileResultSchema>;

export const createUploadSchema = z.object({
  centreId: z.uuid().optional(),
  label: z.string().max(200).default(''),
  /** Goes on with one's own unfinished batch of that label and centre, where there is one. */
  resume: z.boolean().default(false),
});

export const uploadFileQuerySchema = z.object({
  /** As people read it: a file is not refused for what is in its name. */
  path: z
    .string()
    .min(1)
    .max(2000)
    .overwrite((path) => path.replaceAll('\0', '').toWellFormed()),
  size: z.coerce.number().int().nonnegative(),
});

export const listStudiesQuerySchema = z.object({
  query: searchWords(200).default(''),
  modality: searchWords(16).default(''),
  from: z
    .string()
    .regex(/^\d{8}$|^$/)
    .default(''),
  to: z
    .string()
    .regex(/^\d{8}$|^$/)
    .default(''),
  /** The last study's id of the page before. */
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListStudiesQuery = z.infer<typeof listStudiesQuerySchema>;

export type SeriesSummary = {
  id: string;
  seriesInstanceUid: string;
  modality: string;
  seriesNumber: number | null;
  description: string;
  instanceCount: number;
  thumbnailUrl: string | null;
};

export type StudySummary = {
  id: string;
  studyInstanceUid: string;
  centreId: string;
  centreCode: string;
  patientId: string;
  /** As people read it. */
  patientName: string;
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  description: string;
  modalities: string[];
  seriesCount: number;
  instanceCount: number;
  thumbnailUrl: string | null;
};

export type StudyDetail = StudySummary & {
  /** As in the header, with its groups and components (PS3.5 6.2.1). */
  personName: string;
  series: SeriesSummary[];
  /** Those that the reader may read; for whoever may share the study all of them, without the reason of others'. */
  cases: { id: string; centreCode: string; reason: string | null }[];
  shares: Share[];
  /** Nothing of it is deleted or corrected while this is set. */
  legalHold: { since: string; reason: string } | null;
  /** The correction that is being worked on, if one is. */
  correctionId: string | null;
  may: {
    attach: boolean;
    share: boolean;
    correct: boolean;
    delete: boolean;
    hold: boolean;
    send: boolean;
    export: boolean;
  };
};

export const shareSchema = z
  .object({ personId: z.uuid().optional(), centreId: z.uuid().optional() })
  .refine(
    (share) => (share.personId === undefined) !== (share.centreId === undefined),
    'exactly one of personId, centreId',
  );

/** Size in bytes and when it came. */
export type KeptObject = { size: number; receivedAt: string };

export type QuarantineRow = KeptObject & {
  id: string;
  centreCode: string;
  sopInstanceUid: string;
  reason: string;
  sourceName: string;
  resolvedAt: string | null;
  /** kept_stored | took_new | accepted | discarded; null while open, and for what was looked into without a decision. */
  resolution: string | null;
  /** What is stored under the same UID, and was not overwritten. */
  stored: (KeptObject & { studyId: string }) | null;
};

export const quarantineDecisionSchema = z.object({
  decision: z.enum(['keep_stored', 'take_new', 'accept', 'discard', 'reopen']),
});
export type QuarantineDecision = z.infer<typeof quarantineDecisionSchema>['decision'];

export const decideManySchema = quarantineDecisionSchema.extend({ ids: z.array(z.uuid()).min(1).max(500) });

/** Whose an object says to be, and what it is. */
/** Whose an object says to be, and what it is. Dates as DICOM writes them; empty where it says nothing. */
export type ObjectFacts = {
  patientName: string;
  patientBirthDate: string;
  patientId: string;
  patientSex: string;
  studyDate: string;
  description: string;
  modality: string;
};

export type QuarantineComparison = {
  incoming: ObjectFacts;
  /** Null where nothing is stored under its UID. */
  stored: ObjectFacts | null;
  /** Of the study that it would belong to, where that is here and no object of its UID is. */
  study: ObjectFacts | null;
  /** The first ones that differ; `path` is of tags, `name` PS3.6's for the last. A value that one lacks is null. */
  attributes: { path: string; name: string; stored: string | null; incoming: string | null }[];
  /** How many differ. */
  total: number;
  pixels: 'same' | 'differ' | 'none';
};
