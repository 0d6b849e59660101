import { z } from 'zod';
import { calendarDate } from '@/lib/cases/schema.ts';
import type { Annotation } from '@/lib/live/annotations.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import { specialties } from '@/lib/people/schema.ts';

const text = z.string().max(20_000);

/** What a board writes down about a case (fiche RCP, INCa). One schema per field, so that fields are saved alone. */
export const decisionFields = {
  /** A case that a guideline covers may be registered without discussion. */
  mode: z.enum(['discussed', 'registered']),
  diagnosis: text,
  stage: text,
  performanceStatus: z.number().int().min(0).max(4).nullable(),
  comorbidities: text,
  question: text,
  proposal: text,
  alternatives: text,
  trial: text,
  guidelineFollowed: z.boolean(),
  /** Mandatory when the proposal leaves the guidelines. */
  offGuidelineReason: text,
  plannedDate: calendarDate.nullable(),
  whoInforms: text,
  /** Specialties whose opinion came in writing: they count for the quorum. */
  writtenOpinions: z.array(z.enum(specialties)).max(20),
} as const;

export const decisionDraftSchema = z.object(decisionFields);
export type DecisionDraft = z.output<typeof decisionDraftSchema>;
export type DecisionField = keyof typeof decisionFields;
export const decisionFieldNames = Object.keys(decisionFields) as [DecisionField, ...DecisionField[]];

export const editDraftSchema = z.object({
  field: z.enum(decisionFieldNames),
  value: z.unknown(),
  /** The field's version that the writer saw. */
  baseVersion: z.number().int().nonnegative(),
});

export const validateSchema = z.object({
  reason: z.string().trim().max(2000).default(''),
  version: z.number().int(),
});

export type Attendee = {
  personId: string;
  displayName: string;
  centreCode: string;
  role: string;
  specialty: string | null;
};

/** What stood around the decision at its validation; printed on the record. */
export type DecisionContext = {
  patient: {
    familyName: string;
    givenName: string;
    birthDate: string | null;
    sex: string | null;
    identifiers: { centreCode: string; value: string }[];
  };
  board: {
    title: string;
    type: string;
    centreCode: string;
    centreName: string;
    requiredSpecialties: string[];
  };
  session: { id: string; startsAt: string; timeZone: string; place: string };
  case: { id: string; reason: string; requesterName: string };
  chair: string;
  /** Who was in the room while the case was discussed. */
  present: Attendee[];
  invitedAbsent: Attendee[];
  quorum: { met: boolean; different: number; missing: string[] };
  /** How much each author drew on the images for everybody. Records of before this was counted do not have it. */
  drawn?: { name: string; count: number }[];
};

export type DecisionVersionView = {
  number: number;
  content: DecisionDraft;
  context: DecisionContext;
  reason: string | null;
  validatedBy: string;
  validatedAt: string;
};

export type DecisionView = {
  id: string;
  agendaItemId: string;
  caseId: string;
  sessionId: string;
  state: 'draft' | 'validated';
  draft: DecisionDraft;
  fieldVersions: Partial<Record<DecisionField, number>>;
  version: number;
  /** As it would be frozen now. */
  context: DecisionContext;
  versions: DecisionVersionView[];
  may: { write: boolean; validate: boolean; openSession: boolean };
  /** What was shown when its lines were written, oldest first. */
  bookmarks: BookmarkView[];
};

/** What was shown when a line was written, by its words. `at`: ISO 8601. */
export type BookmarkView = { id: string; field: DecisionField; at: string; byName: string };

/**
 * A bookmark with what it shows, and what was drawn on it for everybody; null and nothing when another version of the
 * program wrote it in a way that this one does not read.
 */
export type BookmarkDetail = BookmarkView & { view: ViewState | null; annotations: Annotation[] };
