import { loadActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { sessionFacts } from '@/lib/boards/load-session.server.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import type { Audit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { Intent } from '../intent.ts';
import { waitingFacts } from './facts.server.ts';
import { atTheDoor } from './store.server.ts';

/**
 * Lets in who waits, as an invitation would, or declines them; nothing for any other intent. The caller holds the
 * session's row. Returns of whom it was. Throws `forbidden` for whoever may not invite, `state_conflict` when the person does
 * not wait any more, or may not.
 */
export async function answerWaiting(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  sessionId: string,
  { type, personId: admitted, declined }: Intent,
): Promise<string | null> {
  if (type !== 'waiting.admit' && type !== 'waiting.decline') return null;
  const facts = await sessionFacts(tx, sessionId);
  authorise(actor, 'session.edit', facts);
  const personId = admitted ?? declined ?? '';
  const waits = (await atTheDoor(sessionId, tx)).find((one) => one.personId === personId);
  if (!waits || waits.declinedMsAgo !== null) throw new AppError('state_conflict');
  const key = { sessionId, personId };
  if (type === 'waiting.decline') {
    await tx.$executeRaw`
      UPDATE "SessionWaiting" SET "declinedAt" = clock_timestamp()
      WHERE "sessionId" = ${sessionId}::uuid AND "personId" = ${personId}::uuid`;
    return personId;
  }
  // A login that has ended meanwhile is theirs, not that of whoever answers.
  const person = await loadActor(personId, 'live').catch(() => null);
  if (!person || !can(person, 'waiting.enter', await waitingFacts(tx, sessionId)))
    throw new AppError('state_conflict');
  await tx.sessionParticipant.upsert({ where: { sessionId_personId: key }, create: key, update: {} });
  await tx.sessionWaiting.deleteMany({ where: key });
  audit({
    action: 'session.invite',
    resourceType: 'session',
    resourceId: sessionId,
    centreId: facts.centreId,
    details: { person: personId },
  });
  return personId;
}
