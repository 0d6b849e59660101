import { db, type Tx } from '@/lib/db/client.server.ts';

/**
 * Keeps the words of a mark beside its event, in the caller's transaction. They may be about a patient: they go with the
 * record when its term is over, and the event, which nobody can change, stays without them.
 */
export async function keepMarkWords(
  tx: Tx,
  event: { sessionId: string; seq: number; at: Date },
  words: string | undefined,
): Promise<void> {
  const { sessionId, seq, at } = event;
  if (words) await tx.recordMarkWords.create({ data: { sessionId, seq, at, words } });
}

/** The words of a session's marks after `seq`, by the numbers of their events. */
export async function loadMarkWords(sessionId: string, after: number): Promise<ReadonlyMap<number, string>> {
  const rows = await db().recordMarkWords.findMany({ where: { sessionId, seq: { gt: after } } });
  return new Map(rows.map(({ seq, words }) => [seq, words]));
}
