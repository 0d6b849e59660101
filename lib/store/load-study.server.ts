import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can, type StudyFacts } from '@/lib/auth/policy.ts';
import { caseFacts, caseFactsSelect, toCaseFacts } from '@/lib/cases/load-case.server.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

export const studyFactsSelect = {
  id: true,
  centreId: true,
  importedById: true,
  hiddenAt: true,
  shares: { where: { revokedAt: null }, select: { personId: true, centreId: true } },
  cases: { select: { case: { select: caseFactsSelect } } },
} as const;

type Row = {
  centreId: string;
  importedById: string | null;
  shares: { personId: string | null; centreId: string | null }[];
  cases: { case: Parameters<typeof toCaseFacts>[0] }[];
};

export function toStudyFacts(row: Row): StudyFacts {
  return {
    kind: 'study',
    centreId: row.centreId,
    importedById: row.importedById,
    sharedPersonIds: row.shares.flatMap((share) => share.personId ?? []),
    sharedCentreIds: row.shares.flatMap((share) => share.centreId ?? []),
    cases: row.cases.map((attached) => toCaseFacts(attached.case)),
  };
}

/** The policy's facts about a study. Throws `not_found`, for one that is not shown any more as well. */
export async function studyFacts(tx: Pick<Tx, 'study'>, studyId: string): Promise<StudyFacts> {
  const row = await tx.study.findUnique({ where: { id: studyId }, select: studyFactsSelect });
  if (!row || row.hiddenAt) throw new AppError('not_found');
  return toStudyFacts(row);
}

/**
 * Holds a study's row until the transaction ends, so that giving access to it and taking it back follow each other.
 * Objects that arrive meanwhile do not wait for it.
 */
export async function lockStudy(tx: Pick<Tx, '$queryRaw'>, studyId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Study" WHERE id = ${studyId}::uuid FOR NO KEY UPDATE`;
}

/** Where DICOMweb looks: everything the actor may see, or only what is attached to one case. */
export type StudyScope = { caseId: string | null };

export type ResolvedStudy = { id: string; centreId: string; studyInstanceUid: string };

/**
 * Finds the holding of a Study Instance UID that the actor may read. Within a case there is at most one; outside of
 * it the actor's own centre's comes first. Throws `not_found` for what the actor may not see as for what is not there.
 */
export async function resolveStudy(
  actor: Actor,
  scope: StudyScope,
  studyInstanceUid: string,
): Promise<ResolvedStudy> {
  if (scope.caseId !== null) {
    authorise(actor, 'case.read', await caseFacts(db(), scope.caseId));
    const attached = await db().study.findFirst({
      where: { studyInstanceUid, hiddenAt: null, cases: { some: { caseId: scope.caseId } } },
      select: { id: true, centreId: true, studyInstanceUid: true },
    });
    const found = attached ?? (await lookedAt(scope.caseId, studyInstanceUid));
    if (!found) throw new AppError('not_found');
    return found;
  }
  const rows = await db().study.findMany({
    where: { studyInstanceUid, hiddenAt: null },
    select: { ...studyFactsSelect, studyInstanceUid: true },
    orderBy: { id: 'asc' },
  });
  const readable = rows.filter((row) => can(actor, 'study.read', toStudyFacts(row)));
  const own = readable.find((row) =>
    actor.memberships.some((membership) => membership.centreId === row.centreId),
  );
  const found = own ?? readable[0];
  if (!found) throw new AppError('not_found');
  return { id: found.id, centreId: found.centreId, studyInstanceUid };
}

/** How long a room that shows a study may go on with it after its correction: a board's day. */
const STILL_LOOKED_AT_MS = 12 * 3_600_000;

/** Originals that were corrected so short a while ago that a room may have them on its screens. */
export const stillLookedAt = () => ({
  hiddenBecause: { in: ['corrected', 'merged'] },
  hiddenAt: { gt: new Date(Date.now() - STILL_LOOKED_AT_MS) },
});

/**
 * The original of a study that was corrected while a room had it open. What is on the screens goes on to scroll; whoever
 * opens the case anew is shown the corrected one, since no list has the original any more.
 */
async function lookedAt(caseId: string, studyInstanceUid: string): Promise<ResolvedStudy | null> {
  const original = await db().study.findFirst({
    where: {
      studyInstanceUid,
      ...stillLookedAt(),
      replacedById: { not: null },
    },
    select: { id: true, centreId: true, studyInstanceUid: true, replacedById: true },
  });
  if (!original?.replacedById) return null;
  const { replacedById, ...study } = original;
  const where = { caseId, studyId: replacedById, study: { hiddenAt: null } };
  return (await db().caseStudy.findFirst({ where })) ? study : null;
}
