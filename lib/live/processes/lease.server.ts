import { db, type Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

/** By what a holder's writes are told from those of an earlier one. */
export type Fence = { readonly epoch: number };

/** Takes a room that nobody holds, or whose holder's time is over. Returns the new epoch; null while another holds it. */
export async function takeLease(sessionId: string, holder: string, forMs: number): Promise<number | null> {
  const [row] = await db().$queryRaw<{ epoch: number }[]>`
    INSERT INTO "RoomLease" ("sessionId", "epoch", "holder", "until")
    VALUES (${sessionId}::uuid, 1, ${holder}::uuid, clock_timestamp() + ${forMs} * interval '1 millisecond')
    ON CONFLICT ("sessionId") DO UPDATE
      SET "epoch" = "RoomLease"."epoch" + 1, "holder" = excluded."holder", "until" = excluded."until"
      WHERE "RoomLease"."until" <= clock_timestamp()
    RETURNING "epoch"`;
  return row?.epoch ?? null;
}

/** The process that took a room last, whether or not its time is over. */
export async function holderOf(sessionId: string): Promise<{ holder: string; epoch: number } | null> {
  return db().roomLease.findUnique({ where: { sessionId }, select: { holder: true, epoch: true } });
}

/** Prolongs what this holder still holds, all in one statement. Returns the epochs of those rooms. */
export async function renewLeases(
  holder: string,
  sessionIds: readonly string[],
  forMs: number,
): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ sessionId: string; epoch: number }[]>`
    UPDATE "RoomLease" SET "until" = clock_timestamp() + ${forMs} * interval '1 millisecond'
    WHERE "holder" = ${holder}::uuid AND "sessionId" = ANY(${[...sessionIds]}::uuid[])
    RETURNING "sessionId", "epoch"`;
  return new Map(rows.map(({ sessionId, epoch }) => [sessionId, epoch]));
}

/** Gives a room back, so that another need not wait for the end of the lease. */
export async function releaseLease(sessionId: string, holder: string, { epoch }: Fence): Promise<void> {
  await db().roomLease.updateMany({ where: { sessionId, holder, epoch }, data: { until: new Date(0) } });
}

/** Where leases are kept, for all processes alike. */
export type Leases = {
  take: typeof takeLease;
  holderOf: typeof holderOf;
  renew: typeof renewLeases;
  release: typeof releaseLease;
};
export const databaseLeases: Leases = {
  take: takeLease,
  holderOf,
  renew: renewLeases,
  release: releaseLease,
};

/** A transaction whose process stands still may keep a session's rows from the next authority only for so long, in ms. */
const STANDSTILL_MS = '5000';

/** To begin a fenced transaction with: one that stands still is ended by the database. */
export async function limitStandstill(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT set_config('idle_in_transaction_session_timeout', ${STANDSTILL_MS}, true)`;
}

/**
 * Throws `unavailable` unless the room is still held under this epoch. The lease cannot change hands before the
 * transaction ends: whatever it writes, it writes as the authority.
 */
export async function mustHold(tx: Tx, sessionId: string, { epoch }: Fence): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "RoomLease" WHERE "sessionId" = ${sessionId}::uuid AND "epoch" = ${epoch} FOR SHARE`;
  if (held.length === 0) throw new AppError('unavailable');
}
