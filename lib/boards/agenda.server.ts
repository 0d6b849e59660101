import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { sessionFacts } from './load-session.server.ts';
import { isReordering } from './rules.ts';

/** Changes an agenda in one transaction under the session's row lock; raises its version and tells the room. */
async function changeAgenda<T>(
  actor: Actor,
  sessionId: string,
  change: (tx: Tx, audit: Audit, version: number) => Promise<T>,
): Promise<T & { agendaVersion: number }> {
  authorise(actor, 'session.edit', await sessionFacts(db(), sessionId));
  const result = await withAudit(actor, async (tx, audit) => {
    const [row] = await tx.$queryRaw<{ agendaVersion: number }[]>`
      SELECT "agendaVersion" FROM "BoardSession" WHERE id = ${sessionId}::uuid FOR UPDATE`;
    if (!row) throw new AppError('not_found');
    const changed = await change(tx, audit, row.agendaVersion);
    const agendaVersion = row.agendaVersion + 1;
    await tx.boardSession.update({ where: { id: sessionId }, data: { agendaVersion } });
    return { ...changed, agendaVersion };
  });
  notify(sessionId, { type: 'agenda.changed', version: result.agendaVersion });
  return result;
}

/**
 * Puts a case on a session's agenda, at its end. Those invited to the session may see the case from then on: the
 * actor must be allowed to share it. A case that was removed earlier comes back.
 */
export async function scheduleCase(
  actor: Actor,
  sessionId: string,
  input: { caseId: string; plannedMinutes: number },
) {
  const facts = await caseFacts(db(), input.caseId);
  authorise(actor, 'case.read', facts);
  authorise(actor, 'case.share', facts);
  return changeAgenda(actor, sessionId, async (tx, audit) => {
    const key = { sessionId, caseId: input.caseId };
    const present = await tx.agendaItem.findUnique({ where: { sessionId_caseId: key } });
    if (present && present.removedAt === null) throw new AppError('already_exists');
    const position = await nextPosition(tx, sessionId);
    const item = present
      ? await tx.agendaItem.update({
          where: { id: present.id },
          data: { removedAt: null, position, plannedMinutes: input.plannedMinutes },
        })
      : await tx.agendaItem.create({ data: { ...key, position, plannedMinutes: input.plannedMinutes } });
    audit({
      action: 'agenda.add',
      resourceType: 'agenda-item',
      resourceId: item.id,
      centreId: facts.centreId,
      caseId: input.caseId,
    });
    return { id: item.id };
  });
}

async function nextPosition(tx: Tx, sessionId: string): Promise<number> {
  const { _max } = await tx.agendaItem.aggregate({
    where: { sessionId, removedAt: null },
    _max: { position: true },
  });
  return (_max.position ?? 0) + 1;
}

/** Brings the agenda into a new order. Throws `version_conflict` when it has changed since `agendaVersion`. */
export async function reorderAgenda(
  actor: Actor,
  sessionId: string,
  input: { agendaVersion: number; itemIds: string[] },
) {
  const { centreId } = await sessionFacts(db(), sessionId);
  return changeAgenda(actor, sessionId, async (tx, audit, version) => {
    const present = await tx.agendaItem.findMany({
      where: { sessionId, removedAt: null },
      orderBy: { position: 'asc' },
      select: { id: true },
    });
    const ids = present.map((item) => item.id);
    if (version !== input.agendaVersion || !isReordering(ids, input.itemIds)) {
      throw new AppError('version_conflict', { current: { agendaVersion: version, itemIds: ids } });
    }
    for (const [index, id] of input.itemIds.entries())
      await tx.agendaItem.update({ where: { id }, data: { position: index + 1 } });
    audit({ action: 'agenda.reorder', resourceType: 'session', resourceId: sessionId, centreId });
    return {};
  });
}

/** Sets planned minutes, removes an item or brings it back. The one that the room discusses now cannot be removed. */
export async function editAgendaItem(
  actor: Actor,
  sessionId: string,
  itemId: string,
  input: { plannedMinutes?: number; removed?: boolean },
) {
  const { centreId } = await sessionFacts(db(), sessionId);
  return changeAgenda(actor, sessionId, async (tx, audit) => {
    const item = await tx.agendaItem.findUnique({ where: { id: itemId } });
    if (item?.sessionId !== sessionId) throw new AppError('not_found');
    if (input.removed) {
      const room = await tx.roomState.findUnique({ where: { sessionId } });
      if (room?.currentItemId === itemId) throw new AppError('item_being_discussed');
    }
    await tx.agendaItem.update({
      where: { id: itemId },
      data: {
        ...(input.plannedMinutes !== undefined && { plannedMinutes: input.plannedMinutes }),
        ...(input.removed !== undefined && { removedAt: input.removed ? new Date() : null }),
      },
    });
    const action =
      input.removed === undefined ? 'agenda.edit' : input.removed ? 'agenda.remove' : 'agenda.restore';
    audit({ action, resourceType: 'agenda-item', resourceId: itemId, centreId, caseId: item.caseId });
    return {};
  });
}
