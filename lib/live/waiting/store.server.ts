import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';

/** Whoever was not seen waiting for so long is gone, with the process that had their connection, in ms. */
const GONE_MS = 15_000;
/** Whoever was declined may ask again after so long, in ms. */
const AGAIN_MS = 60_000;

/** Who waits at a session's door, longest first; and who was declined a moment ago, with how long ago, in ms. */
export type AtTheDoor = { personId: string; since: Date; declinedMsAgo: number | null };

/** All times are the database's: processes on several machines need not agree on the hour. */
export function atTheDoor(sessionId: string, tx: Pick<Tx, '$queryRaw'> = db()): Promise<AtTheDoor[]> {
  return tx.$queryRaw<AtTheDoor[]>`
    SELECT "personId", "since",
      (extract(epoch FROM clock_timestamp() - "declinedAt") * 1000)::float8 AS "declinedMsAgo"
    FROM "SessionWaiting" WHERE "sessionId" = ${sessionId}::uuid
      AND CASE WHEN "declinedAt" IS NULL
        THEN "seenAt" > clock_timestamp() - ${GONE_MS} * interval '1 millisecond'
        ELSE "declinedAt" > clock_timestamp() - ${AGAIN_MS} * interval '1 millisecond' END
    ORDER BY "since", "personId"`;
}

/** How long somebody who was declined has to wait before asking again, in ms; null: they wait to be let in. */
export const againInMs = ({ declinedMsAgo }: AtTheDoor): number | null =>
  declinedMsAgo === null ? null : Math.max(0, AGAIN_MS - declinedMsAgo);

/**
 * Stands somebody before the door, audited; whoever stands there already, or was declined a moment ago, stays as they
 * are. Returns how long they have to wait before they may ask again, in ms; null: they wait.
 */
export async function askToEnter(
  actor: AuthenticatedActor,
  sessionId: string,
  centreId: string,
): Promise<number | null> {
  const { personId } = actor;
  const find = async () => (await atTheDoor(sessionId)).find((one) => one.personId === personId);
  const known = await find();
  if (known) return againInMs(known);
  await withAudit(actor, async (tx, audit) => {
    await tx.$executeRaw`
      INSERT INTO "SessionWaiting" ("sessionId", "personId", "since", "seenAt")
      VALUES (${sessionId}::uuid, ${personId}::uuid, clock_timestamp(), clock_timestamp())
      ON CONFLICT ("sessionId", "personId") DO UPDATE
        SET "since" = excluded."since", "seenAt" = excluded."seenAt", "declinedAt" = NULL`;
    audit({ action: 'waiting.ask', resourceType: 'session', resourceId: sessionId, centreId });
  });
  return null;
}

/** Somebody has gone from the door, audited. That they were declined is not forgotten by it. */
export async function leaveTheDoor(
  actor: AuthenticatedActor,
  sessionId: string,
  centreId: string | null,
): Promise<void> {
  await withAudit(actor, async (tx, audit) => {
    await tx.sessionWaiting.deleteMany({ where: { sessionId, personId: actor.personId, declinedAt: null } });
    audit({ action: 'waiting.leave', resourceType: 'session', resourceId: sessionId, centreId });
  });
}

/** Those who stand there are still seen. It says nothing new of anybody, so no audit row. */
export async function stillAtTheDoor(sessionId: string, personIds: readonly string[]): Promise<void> {
  await db().$executeRaw`
    UPDATE "SessionWaiting" SET "seenAt" = clock_timestamp()
    WHERE "sessionId" = ${sessionId}::uuid AND "personId" = ANY(${[...personIds]}::uuid[])`;
}
