import { type Actor, can, type StudyFacts } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { AppError } from '@/lib/errors.ts';
import { type CorrectionRow, type CorrectionView, identitySchema } from './schema.ts';

/** Who may correct studies of a centre; a correction may be of many. */
export function ofCentre(centreId: string): StudyFacts {
  return { kind: 'study', centreId, importedById: null, sharedPersonIds: [], sharedCentreIds: [], cases: [] };
}

/** How far a correction is. For whoever may correct studies of that centre; `not_found` for anybody else. */
export async function readCorrection(actor: Actor, id: string): Promise<CorrectionView> {
  const row = await db().correction.findUnique({ where: { id }, include: { studies: true } });
  if (!row || !can(actor, 'study.correct', ofCentre(row.centreId))) throw new AppError('not_found');
  return toView(row);
}

function toView(row: Prisma.CorrectionGetPayload<{ include: { studies: true } }>): CorrectionView {
  const state = row.state as CorrectionView['state'];
  return {
    id: row.id,
    kind: row.kind as CorrectionView['kind'],
    state,
    written: row.written,
    total: row.total,
    failure: row.failure,
    newStudyId: state === 'done' ? (row.studies[0]?.newStudyId ?? null) : null,
    casesLeft: row.studies.reduce((sum, { caseIds }) => sum + caseIds.length, 0),
  };
}

/** Corrections of the centres where the actor may make them, the latest first. Audited. */
export async function listCorrections(actor: Actor): Promise<CorrectionRow[]> {
  const centres = [...new Set(actor.memberships.map(({ centreId }) => centreId))].filter((centreId) =>
    can(actor, 'study.correct', ofCentre(centreId)),
  );
  if (centres.length === 0) throw new AppError('forbidden');
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.correction.findMany({
      where: { centreId: { in: centres } },
      include: { studies: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 200,
    });
    for (const centreId of centres)
      audit({
        action: 'correction.list',
        resourceType: 'correction',
        resourceId: '',
        centreId,
        details: { count: rows.filter((row) => row.centreId === centreId).length },
      });
    const originals = await tx.study.findMany({
      where: { id: { in: rows.flatMap(({ studies }) => studies.map(({ studyId }) => studyId)) } },
      select: { id: true, patientName: true, patientId: true, description: true, studyDate: true },
    });
    const shown = await tx.study.findMany({
      where: {
        id: { in: rows.flatMap(({ studies }) => studies.flatMap(({ newStudyId }) => newStudyId ?? [])) },
        hiddenAt: null,
      },
      select: { id: true },
    });
    const shownIds = new Set(shown.map(({ id }) => id));
    const people = await tx.person.findMany({
      where: { id: { in: rows.flatMap(({ requestedById }) => requestedById ?? []) } },
      select: { id: true, displayName: true },
    });
    const codes = await tx.centre.findMany({
      where: { id: { in: centres } },
      select: { id: true, code: true },
    });
    const studyOf = new Map(originals.map((one) => [one.id, one]));
    return rows.map((row) => {
      const identity = identitySchema.parse(row.identity);
      return {
        ...toView(row),
        // Corrected again or deleted since: there is nothing to open, and this cannot be taken back before that.
        newStudyId:
          row.studies.map(({ newStudyId }) => newStudyId).find((id) => id && shownIds.has(id)) ?? null,
        centreCode: codes.find(({ id }) => id === row.centreId)?.code ?? '',
        patientName: displayName(identity.patientName),
        patientId: identity.patientId,
        reason: row.reason,
        byName: people.find(({ id }) => id === row.requestedById)?.displayName ?? '',
        createdAt: row.createdAt.toISOString(),
        originals: row.studies.flatMap(({ studyId }) => {
          const study = studyOf.get(studyId);
          if (!study) return [];
          const { patientName, patientId, description, studyDate } = study;
          return [{ patientName: displayName(patientName), patientId, description, studyDate }];
        }),
      };
    });
  });
}
