import { z } from 'zod';

const day = z.union([z.literal(''), z.iso.date()]).default('');

export const auditQuerySchema = z.object({
  centreId: z.uuid().optional(),
  from: day,
  to: day,
  actor: z.string().max(200).default(''),
  action: z.string().max(60).default(''),
  resource: z.string().max(100).default(''),
  /** Rows before this id: the next page. */
  before: z.coerce.number().int().positive().optional(),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

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
