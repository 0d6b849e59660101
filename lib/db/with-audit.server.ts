import type { Actor } from '@/lib/auth/policy.ts';
import { db, type Tx } from './client.server.ts';
import type { Prisma } from './generated/client.ts';

export type AuditEntry = {
  /** `noun.verb`, e.g. `case.create`, `study.read`. */
  action: string;
  resourceType: string;
  resourceId: string;
  /** The centre whose data it is; its administrator reads the row. */
  centreId: string | null;
  caseId?: string | null;
  patientId?: string | null;
  details?: Prisma.InputJsonObject;
};

export type Audit = (entry: AuditEntry) => void;

/**
 * The only way to change anything: one transaction that holds the change and the audit rows that tell it. A change
 * that leaves no audit row is a defect and is rolled back with an Error.
 * @param options `timeout` in ms, for the few changes that touch thousands of rows; 5 s unless told
 */
export async function withAudit<T>(
  actor: Actor,
  work: (tx: Tx, audit: Audit) => Promise<T>,
  options: { isolationLevel?: Prisma.TransactionIsolationLevel; timeout?: number } = {},
): Promise<T> {
  return db().$transaction(async (tx) => {
    const entries: AuditEntry[] = [];
    const result = await work(tx, (entry) => entries.push(entry));
    if (entries.length === 0) throw new Error('A change without its audit row');
    await writeAudit(tx, actor, entries);
    return result;
  }, options);
}

/** Writes audit rows inside a transaction that the caller holds. */
export async function writeAudit(tx: Tx, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  await tx.auditEvent.createMany({
    data: entries.map((entry) => ({
      actorId: actor.personId,
      actorName: actor.displayName,
      door: actor.door,
      centreId: entry.centreId,
      action: entry.action,
      resourceType: entry.resourceType,
      resourceId: entry.resourceId,
      caseId: entry.caseId ?? null,
      patientId: entry.patientId ?? null,
      details: entry.details ?? {},
    })),
  });
}
