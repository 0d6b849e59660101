import { z } from 'zod';
import { specialties } from '@/lib/people/schema.ts';

export const boardTypes = ['standard', 'recours', 'rare', 'paediatric'] as const;
export type BoardType = (typeof boardTypes)[number];

const title = z.string().trim().min(1).max(200);

export const createBoardSchema = z.object({
  centreId: z.uuid(),
  title,
  type: z.enum(boardTypes).default('standard'),
  requiredSpecialties: z.array(z.enum(specialties)).max(20).default([]),
  chairId: z.uuid(),
  memberIds: z.array(z.uuid()).max(200).default([]),
});
export const editBoardSchema = createBoardSchema
  .omit({ centreId: true })
  .partial()
  .extend({ version: z.number().int() });

/** A session's date as people write it: a local date and time in a time zone. */
export const sessionFieldsSchema = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  time: z.string().regex(/^\d{2}:\d{2}$/),
  timeZone: z.string().min(1).max(60).default('Europe/Paris'),
  durationMinutes: z.number().int().min(5).max(600).default(60),
  place: z.string().trim().max(200).default(''),
  meetingUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
});
export type SessionFields = z.infer<typeof sessionFieldsSchema>;
export const editSessionSchema = sessionFieldsSchema
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
