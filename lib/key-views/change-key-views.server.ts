import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor, CaseFacts } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { log } from '@/lib/log.server.ts';
import {
  keyViewEntry,
  keyViewInclude,
  loadKeyView,
  readableCase,
  toKeyViewSummary,
} from './load-key-view.server.ts';
import { mayChangeKeyView } from './rules.ts';
import type { EditKeyView, KeyViewSummary, SaveKeyView } from './schema.ts';

/** Keeps what is shown now, with a title. Throws `not_found`. */
export async function saveKeyView(
  actor: AuthenticatedActor,
  caseId: string,
  input: SaveKeyView,
): Promise<KeyViewSummary> {
  const facts = await readableCase(db(), actor, caseId);
  authorise(actor, 'case.annotate', facts);
  const saved = await withAudit(actor, async (tx, audit) => {
    const row = await tx.keyView.create({
      data: { ...input, caseId, viewVersion: PROTOCOL_VERSION, authorId: actor.personId },
      include: keyViewInclude,
    });
    audit(keyViewEntry('save', { caseId, id: row.id }, facts));
    return toKeyViewSummary(actor, facts, row);
  });
  await tellRooms(caseId);
  return saved;
}

/** Changes the words of a key view. Throws `version_conflict` with the words that stand now. */
export async function editKeyView(
  actor: Actor,
  at: { caseId: string; id: string },
  { version, ...words }: EditKeyView,
): Promise<KeyViewSummary> {
  const facts = await readableCase(db(), actor, at.caseId);
  const edited = await withAudit(actor, async (tx, audit) => {
    const before = await loadKeyView(tx, at);
    requireChange(actor, facts, before.authorId);
    const { count } = await tx.keyView.updateMany({
      where: { ...at, version, deletedAt: null },
      data: { ...words, changedAt: new Date(), version: { increment: 1 } },
    });
    const row = await loadKeyView(tx, at);
    if (count === 0) throw new AppError('version_conflict', { current: toKeyViewSummary(actor, facts, row) });
    audit({ ...keyViewEntry('edit', at, facts), details: { fields: Object.keys(words) } });
    return toKeyViewSummary(actor, facts, row);
  });
  await tellRooms(at.caseId);
  return edited;
}

/** Takes a key view away; it can be brought back. Throws `not_found`, also for one that is deleted already. */
export async function deleteKeyView(actor: Actor, at: { caseId: string; id: string }): Promise<void> {
  await setDeleted(actor, at, new Date());
}

/** Brings a deleted key view back. Throws `not_found`, also for one that is not deleted. */
export async function restoreKeyView(actor: Actor, at: { caseId: string; id: string }): Promise<void> {
  await setDeleted(actor, at, null);
}

async function setDeleted(
  actor: Actor,
  at: { caseId: string; id: string },
  deletedAt: Date | null,
): Promise<void> {
  const facts = await readableCase(db(), actor, at.caseId);
  await withAudit(actor, async (tx, audit) => {
    const row = await loadKeyView(tx, at, { deleted: deletedAt === null });
    requireChange(actor, facts, row.authorId);
    await tx.keyView.update({ where: { id: at.id }, data: { deletedAt } });
    audit(keyViewEntry(deletedAt ? 'delete' : 'restore', at, facts));
  });
  await tellRooms(at.caseId);
}

/**
 * The rooms of all sessions that have the case: where nobody is, nothing comes of it. What was committed stands, also
 * where nobody can be told of it: a list is read again whenever its window is come back to.
 */
async function tellRooms(caseId: string): Promise<void> {
  const sessions = await db()
    .agendaItem.findMany({ where: { caseId }, select: { sessionId: true }, distinct: ['sessionId'] })
    .catch((error) => {
      log.warn({ err: error, caseId }, 'rooms not told of key views');
      return [];
    });
  for (const { sessionId } of sessions) notify(sessionId, { type: 'key-views.changed', caseId });
}

function requireChange(actor: Actor, facts: CaseFacts, authorId: string): void {
  if (!mayChangeKeyView(actor, facts, authorId)) throw new AppError('forbidden');
}
