import type { Actor } from '@/lib/auth/policy.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { displayName } from '@/lib/dicom/charset.ts';
import type { ListStudiesQuery, StudySummary } from './schema.ts';
import { fold } from './search-text.ts';

const ofCentre = (actor: Actor, roles: readonly string[]) =>
  actor.memberships
    .filter((membership) => roles.includes(membership.role))
    .map((membership) => membership.centreId);

/**
 * The policy's `study.read` as a condition that a database can search by. The table test of the policy and
 * tests/api/studies-visible.test.ts hold the two together.
 */
export function readableWhere(actor: Actor): Prisma.StudyWhereInput {
  const me = actor.personId ?? '';
  const clinical = ofCentre(actor, ['secretary', 'clinician', 'physicist']);
  const open: Prisma.CaseWhereInput = {
    OR: [
      { centreId: { in: clinical } },
      { requesterId: me },
      { shares: { some: { revokedAt: null, OR: [{ personId: me }, { centreId: { in: clinical } }] } } },
      {
        agendaItems: {
          some: {
            removedAt: null,
            session: {
              cancelledAt: null,
              OR: [
                { chairId: me },
                { participants: { some: { personId: me } } },
                { board: { centreId: { in: ofCentre(actor, ['secretary']) } } },
              ],
            },
          },
        },
      },
    ],
  };
  return {
    OR: [
      { centreId: { in: ofCentre(actor, ['secretary', 'clinician', 'physicist', 'admin']) } },
      { importedById: me, centreId: { in: actor.memberships.map((membership) => membership.centreId) } },
      { shares: { some: { revokedAt: null, OR: [{ personId: me }, { centreId: { in: clinical } }] } } },
      { cases: { some: { case: open } } },
    ],
  };
}

type Options = { caseId: string | null; where?: Prisma.StudyWhereInput; take: number; after?: string };

const include = {
  centre: { select: { code: true } },
  series: {
    select: { id: true, modality: true, thumbnail: true, instanceCount: true },
    orderBy: { instanceCount: 'desc' },
  },
} as const;

/** Studies that the actor may read, newest first. Listing patients' names is an access and is audited. */
export async function readableStudies(actor: Actor, options: Options) {
  const where: Prisma.StudyWhereInput = {
    AND: [
      readableWhere(actor),
      options.where ?? {},
      options.caseId ? { cases: { some: { caseId: options.caseId } } } : {},
    ],
  };
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.study.findMany({
      where,
      include,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: options.take,
      ...(options.after && { cursor: { id: options.after }, skip: 1 }),
    });
    const centres = new Set(rows.map((row) => row.centreId));
    for (const centreId of centres.size > 0 ? centres : [null]) {
      const count = rows.filter((row) => row.centreId === centreId).length;
      audit({
        action: 'study.list',
        resourceType: 'study',
        resourceId: '',
        centreId,
        caseId: options.caseId,
        details: { count },
      });
    }
    return rows;
  });
}

type Row = Awaited<ReturnType<typeof readableStudies>>[number];

/** A study as lists show it. */
export function toSummary(row: Row): StudySummary {
  const picture = row.series.find((series) => series.thumbnail === 'ready');
  return {
    id: row.id,
    studyInstanceUid: row.studyInstanceUid,
    centreId: row.centreId,
    centreCode: row.centre.code,
    patientId: row.patientId,
    patientName: displayName(row.patientName),
    patientBirthDate: row.patientBirthDate,
    patientSex: row.patientSex,
    studyDate: row.studyDate,
    description: row.description,
    modalities: row.modalities,
    seriesCount: row.seriesCount,
    instanceCount: row.instanceCount,
    thumbnailUrl: picture ? `/api/studies/${row.id}/series/${picture.id}/thumbnail` : null,
  };
}

/** One page of the studies list, newest first; `nextCursor` is null on the last page. */
export async function listStudies(
  actor: Actor,
  query: ListStudiesQuery,
): Promise<{ studies: StudySummary[]; nextCursor: string | null }> {
  const words = fold(query.query).split(/\s+/).filter(Boolean);
  const rows = await readableStudies(actor, {
    caseId: null,
    where: {
      AND: words.map((word) => ({ searchText: { contains: word } })),
      ...(query.modality && { modalities: { has: query.modality } }),
      ...((query.from || query.to) && {
        studyDate: { ...(query.from && { gte: query.from }), ...(query.to && { lte: query.to }) },
      }),
    },
    take: query.limit + 1,
    after: query.cursor,
  });
  const page = rows.slice(0, query.limit);
  return {
    studies: page.map(toSummary),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
