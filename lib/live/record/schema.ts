import { z } from 'zod';
import type { RoomEvent } from '../protocol.ts';
import type { RecordBlock } from './block.ts';

export const recordRetentionSchema = z.object({ days: z.number().int().min(1).max(3650) });

/** For how many days a centre keeps the record of what was looked at in its rooms. */
export type RecordRetention = { id: string; code: string; days: number };

/** A stretch of time that was recorded without a gap, ms since 1970. */
export type RecordSpan = { from: number; until: number };

/** Somebody wrote in the decision of a case, validated it or opened it again. `at`: ISO 8601. */
export type DecisionMoment = {
  at: string;
  itemId: string;
  byName: string;
  what: 'written' | 'validated' | 'amended' | 'reopened';
  /** The field that was written; null for what concerns the whole decision. */
  field: string | null;
};

/** All that a replay is made of. */
export type SessionRecord = {
  sessionId: string;
  boardTitle: string;
  startsAt: string;
  timeZone: string;
  items: { id: string; caseId: string; patientName: string; studyCount: number }[];
  people: { personId: string; displayName: string }[];
  spans: RecordSpan[];
  blocks: RecordBlock[];
  events: RoomEvent[];
  /** When the decisions of its cases were written, in order; of what is typed in one go the beginning. */
  decisions: DecisionMoment[];
};
