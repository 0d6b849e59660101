import { z } from 'zod';
import { searchWords } from '@/lib/http/schema.ts';

const day = z.union([z.literal(''), z.iso.date()]).default('');

export const auditQuerySchema = z.object({
  centreId: z.uuid().optional(),
  /** First and last day, both included, in the centre's own time zone. */
  from: day,
  to: day,
  actor: searchWords(200).default(''),
  /** A whole action or its noun: `case.read`, `case.`. */
  action: searchWords(60).default(''),
  /** Id of whatever it is about: the resource itself, its case, its patient. */
  resource: searchWords(100).default(''),
  /** Rows before this id: the next page. */
  before: z.coerce.number().int().positive().optional(),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

/** One page of rows, newest first. `nextBefore` asks for the page after it; null at the end. */
export type AuditPage = {
  rows: AuditRow[];
  nextBefore: number | null;
  centre: { id: string; name: string; timeZone: string };
  /** Every centre that the reader administers. */
  centres: { id: string; name: string }[];
};

export type AuditRow = {
  id: number;
  at: string;
  actorName: string;
  action: string;
  resourceType: string;
  resourceId: string;
  caseId: string | null;
  patientId: string | null;
  door: string;
  details: Record<string, unknown>;
};
