import { z } from 'zod';
import type { Share } from '@/lib/people/schema.ts';
import type { StudySummary } from '@/lib/store/schema.ts';

const text = (max: number) => z.string().trim().max(max);

/** A calendar date that exists. */
export const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => {
    const date = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  }, 'date_does_not_exist');

export const patientSchema = z.object({
  // Without a letter or a digit it is no name, and nothing could be compared with it.
  familyName: text(200)
    .min(1)
    .refine((name) => name === '' || /[\p{L}\p{N}]/u.test(name), 'name_without_letters'),
  givenName: text(200).default(''),
  birthDate: calendarDate.nullable().default(null),
  sex: z.enum(['M', 'F', 'O']).nullable().default(null),
  /** The patient's number in the centre that makes the case. */
  identifier: text(64).default(''),
});

const caseFields = z.object({
  reason: text(2000).min(1),
  question: text(5000).min(1),
  diagnosis: text(5000),
  stage: text(500),
  history: text(20_000),
});
export const caseFieldsSchema = caseFields.extend({
  diagnosis: caseFields.shape.diagnosis.default(''),
  stage: caseFields.shape.stage.default(''),
  history: caseFields.shape.history.default(''),
});
export type CaseFields = z.output<typeof caseFieldsSchema>;

export const createCaseSchema = caseFieldsSchema.extend({
  centreId: z.uuid(),
  /** An existing patient of the centre, or a new one. */
  patientId: z.uuid().optional(),
  patient: patientSchema.optional(),
  /** The doctor who asks, when a secretary opens the case for them; whoever opens it unless told. */
  requesterId: z.uuid().optional(),
});

// From the fields without defaults: what an edit leaves out stays as it is.
export const editCaseSchema = caseFields.partial().extend({ version: z.number().int() });
export const attachStudySchema = z.object({ studyId: z.uuid(), confirmMismatch: z.boolean().default(false) });
export const shareCaseSchema = z
  .object({ personId: z.uuid().optional(), centreId: z.uuid().optional() })
  .refine(
    (share) => (share.personId === undefined) !== (share.centreId === undefined),
    'exactly one of personId, centreId',
  );

export type PatientView = {
  id: string;
  familyName: string;
  givenName: string;
  birthDate: string | null;
  sex: string | null;
  identifiers: { centreCode: string; value: string }[];
};

export type CaseSummary = {
  id: string;
  centreCode: string;
  patient: PatientView;
  reason: string;
  question: string;
  diagnosis: string;
  createdAt: string;
  studyCount: number;
  /** Its latest session, and whether that has decided; null while it is on no agenda. `startsAt`: ISO 8601. */
  latest: { itemId: string; startsAt: string; timeZone: string; decided: boolean } | null;
};

export type CaseView = CaseSummary & {
  version: number;
  stage: string;
  history: string;
  requesterId: string;
  requesterName: string;
  studies: StudySummary[];
  agenda: {
    itemId: string;
    sessionId: string;
    boardTitle: string;
    startsAt: string;
    timeZone: string;
    decisionId: string | null;
    decisionState: string | null;
    /** Whether the reader may open the session, and not only read what it decided. */
    mayOpen: boolean;
  }[];
  shares: Share[];
  may: { edit: boolean; share: boolean };
};
