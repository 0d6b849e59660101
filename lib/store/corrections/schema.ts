import { z } from 'zod';

/** Long Strings and Person Names hold neither control characters nor the backslash that parts values (PS3.5 6.2). */
const dicomText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not occur
    .regex(/^[^\\\u0000-\u001f\u007f]*$/);

/** Whose a study is, as its header says it (PS3.3 C.7.1.1). */
export const identitySchema = z.object({
  /** Groups by `=`, components by `^`; 64 characters per group (PS3.5 6.2.1). */
  patientName: dicomText(194).refine((name) => name.split('=').every((group) => group.length <= 64)),
  patientId: dicomText(64),
  /** Issuer of Patient ID; null leaves what the objects say. */
  issuer: dicomText(64).nullable().default(null),
  birthDate: z
    .string()
    .regex(/^(\d{8})?$/)
    .refine(
      (value) =>
        value === '' ||
        !Number.isNaN(Date.parse(`${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}T00:00:00Z`)),
      'date_does_not_exist',
    ),
  sex: z.enum(['M', 'F', 'O', '']),
});
export type Identity = z.output<typeof identitySchema>;

export const reasonSchema = z.string().trim().min(1).max(500);

/**
 * corrected: the same person, said rightly; cases and shares follow. moved: another person's after all; only those
 * cases follow whose patient it is. split: that, for some of the series.
 */
export const correctStudySchema = z
  .object({
    kind: z.enum(['corrected', 'moved', 'split']),
    identity: identitySchema,
    reason: reasonSchema,
    seriesIds: z.array(z.uuid()).max(1000).default([]),
  })
  .refine(({ kind, seriesIds }) => (kind === 'split') === seriesIds.length > 0, {
    path: ['seriesIds'],
    message: 'required',
  });
export type CorrectStudy = z.output<typeof correctStudySchema>;

/** Of the same name, identifier and birth date: a patient as the studies of a centre know one. */
const patientKeySchema = z.object({
  patientId: z.string().max(64),
  patientName: z.string().max(200),
  birthDate: z.string().max(8),
});
export type PatientKey = z.output<typeof patientKeySchema>;

export const mergePatientsSchema = z.object({
  centreId: z.uuid(),
  from: patientKeySchema,
  into: identitySchema,
  reason: reasonSchema,
});
export type MergePatients = z.output<typeof mergePatientsSchema>;

export const findIdentitiesSchema = z.object({
  centreId: z.uuid(),
  query: z.string().trim().min(1).max(100),
});

/** A patient whom the centre knows, from its studies or its cases. */
export type KnownIdentity = Omit<Identity, 'issuer'> & { studies: number };

export type CorrectionState = 'running' | 'done' | 'failed' | 'undone';

export type CorrectionView = {
  id: string;
  kind: 'corrected' | 'moved' | 'merged' | 'split';
  state: CorrectionState;
  written: number;
  total: number;
  /** A code of lib/errors.ts. */
  failure: string | null;
  /** The study that stands for the original now; null until done, and after undoing. */
  newStudyId: string | null;
  /** How many cases show the study no more, because their patient is another. */
  casesLeft: number;
};

export const deleteStudySchema = z.object({ reason: reasonSchema });
/** A reason sets the hold; lifting it wants one as well. */
export const holdStudySchema = z.object({ hold: z.boolean(), reason: reasonSchema });
export const retentionSchema = z.object({ retentionYears: z.number().int().min(1).max(100).nullable() });

export type HiddenStudy = {
  id: string;
  patientName: string;
  patientId: string;
  studyDate: string;
  description: string;
  instanceCount: number;
  centreCode: string;
  reason: string;
  byName: string;
  hiddenAt: string;
  /** When the bytes go at the earliest; null: they stay. */
  purgeAt: string | null;
  hold: boolean;
};

/** A correction in the administrator's list, with the originals that it keeps. */
export type CorrectionRow = CorrectionView & {
  centreCode: string;
  /** Whose the studies are now, as people read it. */
  patientName: string;
  patientId: string;
  reason: string;
  byName: string;
  createdAt: string;
  originals: { patientName: string; patientId: string; description: string; studyDate: string }[];
};

export type RetentionRow = { id: string; code: string; name: string; retentionYears: number | null };
