import { db } from '@/lib/db/client.server.ts';
import { sopClassName } from '@/lib/dicom/uids.ts';
import { openStore, type StoreConnection } from '@/lib/dimse/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { type Failure, failureOf } from './failure.ts';
import { type Outgoing, openOutgoing } from './outgoing.server.ts';
import { toPeer } from './peer.server.ts';
import { contextsFor, statusText, storeOutcome } from './rules.ts';
import { noteItem, type RunningTransfer } from './transfer-log.server.ts';

type Item = {
  instanceId: string;
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  sha256: string;
};

/**
 * One attempt to send what of a study is not acknowledged yet, object after object. Null when nothing is left to try;
 * else why it ended. An object is noted as sent after the other side's success and before the next one goes out: what
 * was noted never goes out again, and what was in flight when a line or a machine broke does, once more. The other
 * side knows it by its SOP Instance UID.
 */
export async function runPush(transfer: RunningTransfer, signal: AbortSignal): Promise<Failure | null> {
  const items = await waitingItems(transfer.id);
  if (!(await dropGone(transfer, items))) return null;
  const peer = await toPeer(transfer.node);
  const outgoing = openOutgoing(transfer);
  let postponed: Failure | null = null;
  for (const contexts of contextsFor(items)) {
    const classes = new Set(contexts.map(({ sopClassUid }) => sopClassUid));
    const store = await openStore(peer, contexts, signal);
    try {
      for (const item of items.filter(({ sopClassUid }) => classes.has(sopClassUid))) {
        const said = await sendOne(store, item, outgoing);
        if ('failure' in said) {
          if (said.kind === 'stop') return said.failure;
          postponed = said.failure;
        } else if (!(await noteItem(transfer.id, item.instanceId, said.kind, said.status))) return null;
      }
    } finally {
      // What was said is noted: an end that is not in good order loses nothing.
      await store.release().catch(() => store.abort());
    }
  }
  return postponed;
}

type Said = { kind: 'sent' | 'failed'; status: string } | { kind: 'later' | 'stop'; failure: Failure };

async function sendOne(store: StoreConnection, item: Item, outgoing: Outgoing): Promise<Said> {
  const object = await read(store, item, outgoing);
  if (typeof object === 'string') return { kind: 'failed', status: object };
  const { status, comment } = await store.store(object);
  const text = statusText(status);
  switch (storeOutcome(status)) {
    case 'sent':
      return { kind: 'sent', status: text };
    case 'refused':
      return { kind: 'failed', status: text };
    case 'later':
      return { kind: 'later', failure: { reason: 'failed_status', detail: `0x${text} ${comment}`.trim() } };
    case 'stop':
      return {
        kind: 'stop',
        failure: { reason: 'peer_out_of_resources', detail: `0x${text} ${comment}`.trim() },
      };
  }
}

/** The object as the other side takes it; or, as a stable code, why it cannot go out. */
async function read(store: StoreConnection, item: Item, outgoing: Outgoing) {
  try {
    return await outgoing(item, (syntax) => store.accepts(item.sopClassUid, syntax));
  } catch (error) {
    // A damaged disk must not keep the others back.
    log.error({ err: error, sha256: item.sha256 }, 'A stored object cannot be read');
    return failureOf(error).reason;
  }
}

/** In the order in which people look at them. */
function waitingItems(transferId: string): Promise<Item[]> {
  return db().$queryRaw<Item[]>`
    SELECT t."instanceId", i."sopInstanceUid", i."sopClassUid", i."transferSyntaxUid", i."sha256"
    FROM "TransferItem" t
    JOIN "Instance" i ON i."id" = t."instanceId"
    JOIN "Series" se ON se."id" = i."seriesId" AND se."hiddenAt" IS NULL
    JOIN "Study" st ON st."id" = se."studyId" AND st."hiddenAt" IS NULL
    WHERE t."transferId" = ${transferId}::uuid AND t."state" = 'waiting'
    ORDER BY se."seriesNumber", se."id", i."instanceNumber", i."sopInstanceUid"`;
}

/** What was deleted or corrected since it was chosen is not sent. False when the transfer no longer runs. */
async function dropGone(transfer: RunningTransfer, items: readonly Item[]): Promise<boolean> {
  const present = new Set(items.map(({ instanceId }) => instanceId));
  const waiting = await db().transferItem.findMany({
    where: { transferId: transfer.id, state: 'waiting' },
    select: { instanceId: true },
  });
  for (const { instanceId } of waiting) {
    if (!present.has(instanceId) && !(await noteItem(transfer.id, instanceId, 'failed', 'study_gone')))
      return false;
  }
  return true;
}

/** Which objects did not go out for good, and what the other side said to them: `RT Dose Storage: 0122 × 3`. */
export async function refusedItems(transferId: string): Promise<string> {
  const rows = await db().$queryRaw<{ sopClassUid: string | null; status: string; count: number }[]>`
    SELECT i."sopClassUid", t."status", count(*)::int AS count
    FROM "TransferItem" t LEFT JOIN "Instance" i ON i."id" = t."instanceId"
    WHERE t."transferId" = ${transferId}::uuid AND t."state" = 'failed'
    GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 20`;
  return rows
    .map(({ sopClassUid, status, count }) => `${sopClassName(sopClassUid ?? '')}: ${status} × ${count}`)
    .join('; ');
}
