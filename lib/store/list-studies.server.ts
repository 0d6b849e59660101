import type { Actor } from '@/lib/auth/policy.ts';
import { readableCases } from '@/lib/cases/readable-cases.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { ListStudiesQuery, StudySummary } from './schema.ts';
import { fold } from './search-text.ts';
import { studyInclude, toSummary } from './study-summary.server.ts';

const ofCentre = (actor: Actor, roles: readonly string[]) =>
  actor.memberships
    .filter((membership) => roles.includes(membership.role))
    .map((membership) => membership.centreId);

/**
 * The policy's `study.read` as a condition that a database can search by, of what is shown at all: a study that was
 * deleted or replaced is in no list. The table test of the policy and tests/api/visibility.test.ts hold the two together.
 */
export function readableWhere(actor: Actor): Prisma.StudyWhereInput {
  // A machine is nobody: an id that no person has.
  const me = actor.personId ?? '00000000-0000-0000-0000-000000000000';
  const clinical = ofCentre(actor, ['secretary', 'clinician', 'physicist']);
  return {
    hiddenAt: null,
    OR: [
      { centreId: { in: ofCentre(actor, ['secretary', 'clinician', 'physicist', 'admin']) } },
      { importedById: me, centreId: { in: actor.memberships.map((membership) => membership.centreId) } },
      { shares: { some: { revokedAt: null, OR: [{ personId: me }, { centreId: { in: clinical } }] } } },
      { cases: { some: { case: readableCases(actor) } } },
    ],
  };
}

type Options = { caseId: string | null; where?: Prisma.StudyWhereInput; take: number; after?: string };

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
      include: studyInclude,
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
