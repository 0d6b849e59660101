import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can, type SessionFacts } from '@/lib/auth/policy.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { sessionFacts } from './load-session.server.ts';
import { isReordering } from './rules.ts';

type Agenda = { tx: Tx; audit: Audit; facts: SessionFacts; version: number };

/**
 * Changes an agenda in one transaction under the session's row lock; raises its version and tells the room. Whether the
 * actor may is for `change` to ask, of the session as it is under the lock.
 */
async function changeAgenda<T>(
  actor: Actor,
  sessionId: string,
  change: (agenda: Agenda) => Promise<T>,
): Promise<T & { agendaVersion: number }> {
  const result = await withAudit(actor, async (tx, audit) => {
    const [row] = await tx.$queryRaw<{ agendaVersion: number }[]>`
      SELECT "agendaVersion" FROM "BoardSession" WHERE id = ${sessionId}::uuid FOR UPDATE`;
    if (!row) throw new AppError('not_found');
    const facts = await sessionFacts(tx, sessionId);
    const changed = await change({ tx, audit, facts, version: row.agendaVersion });
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
  const ofCase = await caseFacts(db(), input.caseId);
  authorise(actor, 'case.read', ofCase);
  authorise(actor, 'case.share', ofCase);
  return changeAgenda(actor, sessionId, async ({ tx, audit, facts }) => {
    authorise(actor, 'session.edit', facts);
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
    const entry = {
      action: 'agenda.add',
      resourceType: 'agenda-item',
      resourceId: item.id,
      caseId: input.caseId,
    };
    const centres = { ofCase: ofCase.centreId, ofHost: facts.centreId };
    for (const row of ofBothCentres(entry, centres)) audit(row);
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
  return changeAgenda(actor, sessionId, async ({ tx, audit, facts, version }) => {
    authorise(actor, 'session.edit', facts);
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
    audit({
      action: 'agenda.reorder',
      resourceType: 'session',
      resourceId: sessionId,
      centreId: facts.centreId,
    });
    return {};
  });
}

/**
 * Sets planned minutes, removes an item or brings it back. The one that the room discusses now cannot be removed. Whoever
 * may share the case may take it off, whosever session it is; to show it again to those invited one must be allowed to
 * share it, as when it was put there first.
 */
export async function editAgendaItem(
  actor: Actor,
  sessionId: string,
  itemId: string,
  input: { plannedMinutes?: number; removed?: boolean },
) {
  return changeAgenda(actor, sessionId, async ({ tx, audit, facts }) => {
    const item = await tx.agendaItem.findUnique({ where: { id: itemId } });
    const ofCase = item?.sessionId === sessionId ? await caseFacts(tx, item.caseId) : null;
    const mayShare = ofCase !== null && can(actor, 'case.share', ofCase);
    const onlyRemoves = input.removed === true && input.plannedMinutes === undefined;
    if (!(onlyRemoves && mayShare)) authorise(actor, 'session.edit', facts);
    if (!item || !ofCase) throw new AppError('not_found');
    if (input.removed === false && !mayShare) throw new AppError('forbidden');
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
    const entry = { action, resourceType: 'agenda-item', resourceId: itemId, caseId: item.caseId };
    for (const row of ofBothCentres(entry, { ofCase: ofCase.centreId, ofHost: facts.centreId })) audit(row);
    return {};
  });
}
