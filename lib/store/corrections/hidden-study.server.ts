import { type Actor, can, type StudyFacts } from '@/lib/auth/policy.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { AppError } from '@/lib/errors.ts';
import { studyFactsSelect, toStudyFacts } from '../load-study.server.ts';
import { purgeDate } from './grace.ts';
import type { HiddenStudy } from './schema.ts';

/** The policy's facts about a study that may be hidden: for the administrator's actions alone. Throws `not_found`. */
export async function hiddenStudyFacts(studyId: string, tx: Pick<Tx, 'study'> = db()): Promise<StudyFacts> {
  const row = await tx.study.findUnique({ where: { id: studyId }, select: studyFactsSelect });
  if (!row) throw new AppError('not_found');
  return toStudyFacts(row);
}

/** The centres where the actor may delete and restore. Throws `forbidden` when there is none. */
export function administeredCentres(actor: Actor): string[] {
  const centres = [...new Set(actor.memberships.map(({ centreId }) => centreId))].filter((centreId) =>
    can(actor, 'centre.retention', { kind: 'centre', centreId }),
  );
  if (centres.length === 0) throw new AppError('forbidden');
  return centres;
}

/** What was deleted, and can be brought back still, in the centres that the actor administers, the latest first. Audited. */
export async function listHiddenStudies(actor: Actor): Promise<HiddenStudy[]> {
  const centres = administeredCentres(actor);
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.study.findMany({
      where: {
        centreId: { in: centres },
        hiddenAt: { not: null },
        hiddenBecause: 'deleted',
      },
      include: { centre: { select: { code: true, retentionYears: true } } },
      orderBy: [{ hiddenAt: 'desc' }, { id: 'desc' }],
      take: 500,
    });
    for (const centreId of centres)
      audit({
        action: 'study.list',
        resourceType: 'study',
        resourceId: '',
        centreId,
        details: { count: rows.filter((row) => row.centreId === centreId).length, hidden: true },
      });
    const people = await tx.person.findMany({
      where: { id: { in: rows.flatMap(({ hiddenById }) => hiddenById ?? []) } },
      select: { id: true, displayName: true },
    });
    const names = new Map(people.map((one) => [one.id, one.displayName]));
    return rows.map((row) => ({
      id: row.id,
      patientName: displayName(row.patientName),
      patientId: row.patientId,
      studyDate: row.studyDate,
      description: row.description,
      instanceCount: row.instanceCount,
      centreCode: row.centre.code,
      reason: row.hiddenReason,
      byName: names.get(row.hiddenById ?? '') ?? '',
      hiddenAt: (row.hiddenAt ?? row.updatedAt).toISOString(),
      purgeAt: row.purgeAt
        ? purgeDate(
            { purgeAt: row.purgeAt, createdAt: row.createdAt },
            row.centre.retentionYears,
          ).toISOString()
        : null,
      hold: row.legalHoldAt !== null,
    }));
  });
}
