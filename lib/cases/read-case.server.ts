import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { sessionFactsSelect, toSessionFacts } from '@/lib/boards/load-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { shareNames } from '@/lib/people/share-target.server.ts';
import { studyInclude, toSummary as toStudySummary } from '@/lib/store/study-summary.server.ts';
import { caseFacts } from './load-case.server.ts';
import { readableCases } from './readable-cases.server.ts';
import type { CaseSummary, CaseView, PatientView } from './schema.ts';

const summaryInclude = {
  centre: { select: { code: true } },
  patient: { include: { identifiers: { include: { centre: { select: { code: true } } } } } },
  _count: { select: { studies: { where: { study: { hiddenAt: null } } } } },
  agendaItems: {
    where: { removedAt: null, session: { cancelledAt: null } },
    orderBy: { session: { startsAt: 'desc' } },
    include: {
      session: { select: { startsAt: true, timeZone: true, cancelledAt: true } },
      decision: { select: { state: true } },
    },
  },
} as const;

type Row = Prisma.CaseGetPayload<{ include: typeof summaryInclude }>;

const toPatient = (patient: Row['patient']): PatientView => ({
  id: patient.id,
  familyName: patient.familyName,
  givenName: patient.givenName,
  birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
  sex: patient.sex,
  identifiers: patient.identifiers.map(({ value, centre }) => ({ centreCode: centre.code, value })),
});

const toSummary = (row: Row): CaseSummary => ({
  id: row.id,
  centreCode: row.centre.code,
  patient: toPatient(row.patient),
  reason: row.reason,
  question: row.question,
  diagnosis: row.diagnosis,
  createdAt: row.createdAt.toISOString(),
  studyCount: row._count.studies,
  latest: latestOf(row.agendaItems.find(({ session }) => session.cancelledAt === null)),
});

const latestOf = (item: Row['agendaItems'][number] | undefined): CaseSummary['latest'] =>
  item
    ? {
        itemId: item.id,
        startsAt: item.session.startsAt.toISOString(),
        timeZone: item.session.timeZone,
        decided: item.decision?.state === 'validated',
      }
    : null;

/** Cases that the actor may read, newest first. Audited. */
export async function listCases(actor: Actor, query: string): Promise<CaseSummary[]> {
  // A U+0000 in an address is in no text that is looked for.
  const words = query.replaceAll('\0', '').split(/\s+/).filter(Boolean).slice(0, 5);
  const contains = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.case.findMany({
      where: {
        AND: [
          readableCases(actor),
          ...words.map((word) => ({
            OR: [
              { patient: { familyName: contains(word) } },
              { patient: { givenName: contains(word) } },
              { patient: { identifiers: { some: { value: contains(word) } } } },
              { diagnosis: contains(word) },
              { reason: contains(word) },
            ],
          })),
        ],
      },
      include: summaryInclude,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 100,
    });
    const centres = new Set(rows.map((row) => row.centreId));
    for (const centreId of centres.size > 0 ? centres : [null]) {
      audit({
        action: 'case.list',
        resourceType: 'case',
        resourceId: '',
        centreId,
        details: { count: rows.filter((row) => row.centreId === centreId).length },
      });
    }
    return rows.map(toSummary);
  });
}

/** One case with everything that belongs to it. Audited. */
export async function readCase(actor: Actor, id: string): Promise<CaseView> {
  const facts = await caseFacts(db(), id);
  authorise(actor, 'case.read', facts);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.case.findUniqueOrThrow({
      where: { id },
      include: {
        ...summaryInclude,
        studies: {
          where: { study: { hiddenAt: null } },
          orderBy: { attachedAt: 'asc' },
          include: { study: { include: studyInclude } },
        },
        shares: { where: { revokedAt: null } },
        agendaItems: {
          where: { removedAt: null },
          orderBy: { session: { startsAt: 'desc' } },
          include: {
            session: {
              select: {
                ...sessionFactsSelect,
                startsAt: true,
                timeZone: true,
                board: { select: { title: true, centreId: true } },
              },
            },
            decision: { select: { id: true, state: true } },
          },
        },
      },
    });
    audit({
      action: 'case.read',
      resourceType: 'case',
      resourceId: id,
      centreId: row.centreId,
      caseId: id,
      patientId: row.patientId,
    });
    const names = await shareNames(tx, [...row.shares, { personId: row.requesterId, centreId: null }]);
    return {
      ...toSummary(row),
      version: row.version,
      stage: row.stage,
      history: row.history,
      requesterId: row.requesterId,
      requesterName: names.get(row.requesterId) ?? '',
      studies: row.studies.map(({ study }) => toStudySummary(study)),
      agenda: row.agendaItems.map((item) => ({
        itemId: item.id,
        sessionId: item.sessionId,
        boardTitle: item.session.board.title,
        startsAt: item.session.startsAt.toISOString(),
        timeZone: item.session.timeZone,
        decisionId: item.decision?.id ?? null,
        decisionState: item.decision?.state ?? null,
        mayOpen: can(actor, 'session.read', toSessionFacts(item.session)),
      })),
      shares: row.shares.map((share) => ({
        id: share.id,
        name: names.get(share.personId ?? share.centreId ?? '') ?? '',
        personId: share.personId,
        centreId: share.centreId,
      })),
      may: { edit: can(actor, 'case.edit', facts), share: can(actor, 'case.share', facts) },
    };
  });
}
