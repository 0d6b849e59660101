import type { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { refuseUnknownPeople } from './load-board.server.ts';
import { boardFacts, sessionFacts } from './load-session.server.ts';
import { toInstant, toLocal } from './rules.ts';
import type { EditableSession, editSessionSchema, SessionFields } from './schema.ts';

const instantOf = (date: string, time: string, timeZone: string, now: Date): Date => {
  const moment = toInstant(date, time, timeZone);
  if (!moment.ok) throw new AppError(moment.code, { fields: [{ path: 'date', code: moment.code }] });
  if (moment.at < now)
    throw new AppError('session_in_past', { fields: [{ path: 'date', code: 'session_in_past' }] });
  return moment.at;
};

/** A date for a board: its members are invited. Throws `date_does_not_exist` or `session_in_past`. */
export async function scheduleSession(
  actor: Actor,
  boardId: string,
  input: SessionFields,
): Promise<{ id: string }> {
  const facts = await boardFacts(db(), boardId);
  authorise(actor, 'board.edit', facts);
  const { date, time, ...fields } = input;
  const startsAt = instantOf(date, time, input.timeZone, new Date());
  const chairId = facts.chairIds[0];
  if (!chairId) throw new AppError('state_conflict');
  return withAudit(actor, async (tx, audit) => {
    const session = await tx.boardSession.create({
      data: {
        boardId,
        startsAt,
        chairId,
        ...fields,
        participants: { create: facts.memberIds.map((personId) => ({ personId })) },
      },
      select: { id: true },
    });
    audit({
      action: 'session.schedule',
      resourceType: 'session',
      resourceId: session.id,
      centreId: facts.centreId,
    });
    return session;
  });
}

/** Moves or edits a session; a new chair is invited too. Throws `version_conflict` with what is saved now. */
export async function editSession(
  actor: Actor,
  id: string,
  input: z.output<typeof editSessionSchema>,
): Promise<{ version: number }> {
  const facts = await sessionFacts(db(), id);
  authorise(actor, 'session.edit', facts);
  const present = await db().boardSession.findUniqueOrThrow({ where: { id } });
  const { version, date, time, chairId, ...fields } = input;
  const was = toLocal(present.startsAt, present.timeZone);
  const timeZone = input.timeZone ?? present.timeZone;
  const moved =
    (date ?? was.date) !== was.date || (time ?? was.time) !== was.time || timeZone !== present.timeZone;
  const startsAt = moved
    ? instantOf(date ?? was.date, time ?? was.time, timeZone, new Date())
    : present.startsAt;
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.boardSession.updateMany({
      where: { id, version },
      data: { ...fields, startsAt, ...(chairId && { chairId }), version: { increment: 1 } },
    });
    if (count === 0) throw new AppError('version_conflict', { current: await currentFields(id) });
    if (chairId && chairId !== facts.chairId) await refuseUnknownPeople(tx, [chairId], 'chairId');
    if (chairId)
      await tx.sessionParticipant.upsert({
        where: { sessionId_personId: { sessionId: id, personId: chairId } },
        create: { sessionId: id, personId: chairId },
        update: {},
      });
    audit({
      action: 'session.edit',
      resourceType: 'session',
      resourceId: id,
      centreId: facts.centreId,
      details: { fields: Object.keys(input) },
    });
  });
  notify(id, { type: 'session.changed' });
  return { version: version + 1 };
}

async function currentFields(id: string): Promise<EditableSession> {
  const row = await db().boardSession.findUniqueOrThrow({ where: { id } });
  const { durationMinutes, place, meetingUrl, timeZone, chairId, version } = row;
  const local = toLocal(row.startsAt, row.timeZone);
  return { ...local, durationMinutes, place, meetingUrl, timeZone, chairId, version };
}

/** Cancels a session, or takes that back. Those invited lose sight of its cases while it is cancelled. */
export async function setCancelled(actor: Actor, id: string, cancelled: boolean): Promise<void> {
  const facts = await sessionFacts(db(), id);
  authorise(actor, 'session.edit', facts);
  await withAudit(actor, async (tx, audit) => {
    await tx.boardSession.update({
      where: { id },
      data: { cancelledAt: cancelled ? new Date() : null, version: { increment: 1 } },
    });
    audit({
      action: cancelled ? 'session.cancel' : 'session.restore',
      resourceType: 'session',
      resourceId: id,
      centreId: facts.centreId,
    });
  });
  notify(id, { type: 'session.changed' });
}

/** Invites a person of any centre to a session, or takes the invitation back; the chair always stays. */
export async function setInvited(
  actor: Actor,
  id: string,
  personId: string,
  invited: boolean,
): Promise<void> {
  const facts = await sessionFacts(db(), id);
  authorise(actor, 'session.edit', facts);
  if (!invited && personId === facts.chairId) throw new AppError('state_conflict');
  await withAudit(actor, async (tx, audit) => {
    if (invited) await refuseUnknownPeople(tx, [personId], 'personId');
    const key = { sessionId: id, personId };
    if (invited)
      await tx.sessionParticipant.upsert({ where: { sessionId_personId: key }, create: key, update: {} });
    else await tx.sessionParticipant.deleteMany({ where: key });
    audit({
      action: invited ? 'session.invite' : 'session.uninvite',
      resourceType: 'session',
      resourceId: id,
      centreId: facts.centreId,
      details: { person: personId },
    });
  });
  notify(id, { type: 'session.changed' });
}
