import { z } from 'zod';
import type { RoomEvent } from '../protocol.ts';
import type { RecordBlock } from './block.ts';

export const recordRetentionSchema = z.object({ days: z.number().int().min(1).max(3650) });

/** For how many days a centre keeps the record of what was looked at in its rooms. */
export type RecordRetention = { id: string; code: string; days: number };

/** A stretch of time that was recorded without a gap, ms since 1970. */
export type RecordSpan = { from: number; until: number };

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
};
