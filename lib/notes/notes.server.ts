import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { centresOf, decisionFacts } from '@/lib/decisions/load-decision.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import type { NotesView, WriteNote } from './schema.ts';

const nothing = { text: '', version: 0 };

/**
 * My notes beside a case of a session, and what the others share, for those who may join the session. A private note
 * is looked for by its owner alone: no door asks for anybody else's. Audited. Throws `not_found`.
 */
export async function readNotes(actor: AuthenticatedActor, agendaItemId: string): Promise<NotesView> {
  const facts = await decisionFacts(db(), agendaItemId);
  authorise(actor, 'decision.read-notes', facts);
  return withAudit(actor, async (tx, audit) => {
    const [mine, shared] = await Promise.all([
      tx.sideNote.findMany({ where: { agendaItemId, personId: actor.personId } }),
      tx.sideNote.findMany({
        where: { agendaItemId, shared: true, text: { not: '' }, personId: { not: actor.personId } },
        orderBy: { personId: 'asc' },
      }),
    ]);
    const authors = await tx.person.findMany({
      where: { id: { in: shared.map((note) => note.personId) } },
      select: { id: true, displayName: true },
    });
    const entry = {
      action: 'note.read',
      resourceType: 'agenda-item',
      resourceId: agendaItemId,
      caseId: facts.caseId,
    };
    for (const row of ofBothCentres(entry, centresOf(facts))) audit(row);
    const own = (isShared: boolean) => {
      const note = mine.find((one) => one.shared === isShared);
      return note ? { text: note.text, version: note.version } : nothing;
    };
    return {
      own: own(false),
      shared: own(true),
      others: shared.map((note) => ({
        personId: note.personId,
        author: authors.find(({ id }) => id === note.personId)?.displayName ?? '',
        text: note.text,
        updatedAt: note.updatedAt.toISOString(),
      })),
    };
  });
}

/**
 * Writes my private or my shared note. Audited without its words. Throws `version_conflict` with what is stored when
 * another tab of mine wrote since; nothing is overwritten.
 */
export async function writeNote(
  actor: AuthenticatedActor,
  agendaItemId: string,
  { shared, text, baseVersion }: WriteNote,
): Promise<{ version: number }> {
  const facts = await decisionFacts(db(), agendaItemId);
  authorise(actor, 'decision.write-notes', facts);
  const key = { agendaItemId, personId: actor.personId, shared };
  const version = baseVersion + 1;
  await withAudit(actor, async (tx, audit) => {
    // The first of two that arrive at once makes the row; the other one finds another version.
    const { count } =
      baseVersion === 0
        ? await tx.sideNote.createMany({ data: [{ ...key, text, version }], skipDuplicates: true })
        : await tx.sideNote.updateMany({ where: { ...key, version: baseVersion }, data: { text, version } });
    if (count === 0) {
      const stored = await tx.sideNote.findUnique({ where: { agendaItemId_personId_shared: key } });
      throw new AppError('version_conflict', {
        current: stored ? { text: stored.text, version: stored.version } : nothing,
      });
    }
    const entry = {
      action: 'note.edit',
      resourceType: 'agenda-item',
      resourceId: agendaItemId,
      caseId: facts.caseId,
      details: { shared },
    };
    for (const row of ofBothCentres(entry, centresOf(facts))) audit(row);
  });
  if (shared) notify(facts.sessionId, { type: 'notes.changed', agendaItemId });
  return { version };
}
