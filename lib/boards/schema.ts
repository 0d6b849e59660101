import { z } from 'zod';
import { specialties } from '@/lib/people/schema.ts';

export const boardTypes = ['standard', 'recours', 'rare', 'paediatric'] as const;
export type BoardType = (typeof boardTypes)[number];

const boardFields = z.object({
  title: z.string().trim().min(1).max(200),
  type: z.enum(boardTypes),
  requiredSpecialties: z.array(z.enum(specialties)).max(20),
  chairId: z.uuid(),
  memberIds: z.array(z.uuid()).max(200),
});
export const createBoardSchema = boardFields.extend({
  centreId: z.uuid(),
  type: boardFields.shape.type.default('standard'),
  requiredSpecialties: boardFields.shape.requiredSpecialties.default([]),
  memberIds: boardFields.shape.memberIds.default([]),
});
// From the fields without defaults: what an edit leaves out stays as it is.
export const editBoardSchema = boardFields.partial().extend({ version: z.number().int() });

/** A session's date as people write it: a local date and time in a time zone. */
const sessionFields = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  time: z.string().regex(/^\d{2}:\d{2}$/),
  timeZone: z.string().min(1).max(60),
  durationMinutes: z.number().int().min(5).max(600),
  place: z.string().trim().max(200),
  meetingUrl: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(500)]),
});
export const sessionFieldsSchema = sessionFields.extend({
  timeZone: sessionFields.shape.timeZone.default('Europe/Paris'),
  durationMinutes: sessionFields.shape.durationMinutes.default(60),
  place: sessionFields.shape.place.default(''),
  meetingUrl: sessionFields.shape.meetingUrl.default(''),
});
export type SessionFields = z.infer<typeof sessionFieldsSchema>;
export const editSessionSchema = sessionFields
  .partial()
  .extend({ version: z.number().int(), chairId: z.uuid().optional() });

export const scheduleCaseSchema = z.object({
  caseId: z.uuid(),
  plannedMinutes: z.number().int().min(1).max(240).default(10),
});
export const reorderSchema = z.object({
  agendaVersion: z.number().int(),
  itemIds: z.array(z.uuid()).max(500),
});
export const editItemSchema = z.object({
  plannedMinutes: z.number().int().min(1).max(240).optional(),
  removed: z.boolean().optional(),
});
export const inviteSchema = z.object({ personId: z.uuid() });

export type SessionParticipantView = {
  personId: string;
  displayName: string;
  centreCode: string;
  role: string;
  specialty: string | null;
  chair: boolean;
};

export type BoardSummary = {
  id: string;
  title: string;
  type: BoardType;
  centreCode: string;
  memberCount: number;
  sessionCount: number;
};

/** What editors of a board see and save; also what is saved now, in a conflict. */
export type BoardFields = {
  id: string;
  title: string;
  type: BoardType;
  requiredSpecialties: string[];
  version: number;
  centreId: string;
  centreCode: string;
  /** The centre's zone: what a new session starts with. */
  timeZone: string;
  members: SessionParticipantView[];
};

export type BoardView = BoardFields & { sessions: SessionSummary[]; may: { edit: boolean } };

/** A session as its editors see and save it; also what is saved now, in a conflict. */
export type EditableSession = SessionFields & { chairId: string; version: number };

export type AgendaItemView = {
  id: string;
  caseId: string;
  position: number;
  plannedMinutes: number;
  patientName: string;
  birthDate: string | null;
  reason: string;
  question: string;
  diagnosis: string;
  studyCount: number;
  /** Whether the reader could put it back: an editor of the session who may share the case. */
  mayRestore: boolean;
  decision: { id: string; state: 'draft' | 'validated'; versions: number } | null;
};

export type SessionSummary = {
  id: string;
  boardId: string;
  boardTitle: string;
  centreCode: string;
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
  place: string;
  meetingUrl: string;
  state: 'planned' | 'in_review' | 'reviewed' | 'finalised';
  cancelled: boolean;
  chairName: string;
  caseCount: number;
};

export type SessionView = SessionSummary & {
  version: number;
  agendaVersion: number;
  chairId: string;
  requiredSpecialties: string[];
  participants: SessionParticipantView[];
  agenda: AgendaItemView[];
  currentItemId: string | null;
  may: { edit: boolean; chair: boolean; writeDecision: boolean };
};
