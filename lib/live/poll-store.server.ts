import type { Actor, SessionFacts } from '@/lib/auth/policy.ts';
import { shownMembership } from '@/lib/auth/shown-membership.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { Intent } from './intent.ts';

/** A case, and the poll about it. */
type Written = { caseId: string; pollId: string };

/**
 * Writes what an event of the deciding lane does to polls, in its transaction and under the session's lock; null when
 * it is about none. Throws `forbidden` for whoever is not invited to answer, `state_conflict` for a poll that is not open.
 */
export async function writePoll(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  facts: SessionFacts,
  intent: Intent,
): Promise<Written | null> {
  switch (intent.type) {
    case 'poll.ask':
      return ask(tx, sessionId, intent);
    case 'poll.vote':
      return vote(tx, actor, sessionId, facts, intent);
    case 'poll.close':
      return close(tx, sessionId, intent);
    case 'item.open':
      await closeOthers(tx, sessionId, intent.itemId);
      return null;
    default:
      return null;
  }
}

async function ask(tx: Tx, sessionId: string, { itemId, poll, by }: Intent): Promise<Written> {
  const item = await tx.agendaItem.findUnique({ where: { id: itemId ?? '' } });
  if (item?.sessionId !== sessionId || !poll) throw new AppError('not_found');
  const { id } = await tx.poll.create({ data: { ...poll, agendaItemId: item.id, askedById: by } });
  return { caseId: item.caseId, pollId: id };
}

async function vote(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  facts: SessionFacts,
  { pollId, option = -1, by }: Intent,
): Promise<Written> {
  const poll = await openPoll(tx, sessionId, pollId);
  // Who is here by another right than an invitation only watches.
  if (by !== facts.chairId && !facts.participantIds.includes(by)) throw new AppError('forbidden');
  if (option >= poll.options.length) throw new AppError('live_malformed');
  const membership = shownMembership(actor.memberships);
  const answer = { option, specialty: membership?.specialty ?? null, votedAt: new Date() };
  await tx.pollVote.upsert({
    where: { pollId_personId: { pollId: poll.id, personId: by } },
    create: { pollId: poll.id, personId: by, ...answer },
    update: answer,
  });
  return { caseId: poll.item.caseId, pollId: poll.id };
}

async function close(tx: Tx, sessionId: string, { pollId }: Intent): Promise<Written> {
  const poll = await openPoll(tx, sessionId, pollId);
  await tx.poll.update({ where: { id: poll.id }, data: { closedAt: new Date() } });
  return { caseId: poll.item.caseId, pollId: poll.id };
}

async function openPoll(tx: Tx, sessionId: string, pollId: string | undefined) {
  const poll = await tx.poll.findUnique({
    where: { id: pollId ?? '' },
    include: { item: { select: { sessionId: true, caseId: true } } },
  });
  if (poll?.item.sessionId !== sessionId || poll.closedAt !== null) throw new AppError('state_conflict');
  return poll;
}

async function closeOthers(tx: Tx, sessionId: string, itemId: string | undefined): Promise<void> {
  await tx.poll.updateMany({
    where: { closedAt: null, item: { sessionId }, agendaItemId: { not: itemId ?? '' } },
    data: { closedAt: new Date() },
  });
}
