import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { toCaseFacts } from '@/lib/cases/load-case.server.ts';
import { ofGuestCases } from '@/lib/db/both-centres.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { summaryInclude, toSessionSummary } from './list-sessions.server.ts';
import { sessionFacts } from './load-session.server.ts';
import type { SessionView } from './schema.ts';

/** Whether the actor may share a case: that is for its centre and for whoever asks, whoever else sees it. */
const mayShare = (actor: Actor, one: { centreId: string; requesterId: string }) =>
  can(actor, 'case.share', toCaseFacts({ ...one, shares: [], agendaItems: [] }));

/**
 * A session with its agenda and participants. While it is cancelled its agenda is its editors' alone. Audited: it names
 * patients, and those of other centres' cases in those centres' audit too.
 */
export async function readSession(actor: Actor, id: string): Promise<SessionView> {
  const facts = await sessionFacts(db(), id);
  authorise(actor, 'session.read', facts);
  const mayEdit = can(actor, 'session.edit', facts);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.boardSession.findUniqueOrThrow({
      where: { id },
      include: {
        ...summaryInclude,
        room: { select: { currentItemId: true } },
        participants: {
          orderBy: { invitedAt: 'asc' },
          select: {
            person: {
              select: {
                id: true,
                displayName: true,
                memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
              },
            },
          },
        },
        agenda: {
          where: { removedAt: null },
          orderBy: [{ position: 'asc' }, { id: 'asc' }],
          select: {
            id: true,
            caseId: true,
            position: true,
            plannedMinutes: true,
            decision: { select: { id: true, state: true, _count: { select: { versions: true } } } },
            case: {
              select: {
                reason: true,
                question: true,
                diagnosis: true,
                centreId: true,
                patientId: true,
                requesterId: true,
                patient: { select: { familyName: true, givenName: true, birthDate: true } },
                _count: { select: { studies: { where: { study: { hiddenAt: null } } } } },
              },
            },
          },
        },
      },
    });
    const agenda = row.cancelledAt === null || mayEdit ? row.agenda : [];
    const entry = {
      action: 'session.read',
      resourceType: 'session',
      resourceId: id,
      centreId: facts.centreId,
    };
    audit({ ...entry, details: { cases: agenda.length } });
    for (const one of ofGuestCases(entry, agenda)) audit(one);
    const participants = row.participants.map(({ person }) => ({
      personId: person.id,
      displayName: person.displayName,
      centreCode: person.memberships[0]?.centre.code ?? '',
      role: person.memberships[0]?.role ?? '',
      specialty: person.memberships[0]?.specialty ?? null,
      chair: person.id === row.chairId,
    }));
    return {
      ...toSessionSummary(row, participants.find((one) => one.chair)?.displayName ?? ''),
      version: row.version,
      agendaVersion: row.agendaVersion,
      chairId: row.chairId,
      requiredSpecialties: row.board.requiredSpecialties,
      participants,
      agenda: agenda.map((item) => ({
        id: item.id,
        caseId: item.caseId,
        position: item.position,
        plannedMinutes: item.plannedMinutes,
        patientName: `${item.case.patient.familyName} ${item.case.patient.givenName}`,
        birthDate: item.case.patient.birthDate?.toISOString().slice(0, 10) ?? null,
        reason: item.case.reason,
        question: item.case.question,
        diagnosis: item.case.diagnosis,
        studyCount: item.case._count.studies,
        mayRestore: mayEdit && mayShare(actor, item.case),
        decision: item.decision && {
          id: item.decision.id,
          state: item.decision.state,
          versions: item.decision._count.versions,
        },
      })),
      currentItemId: row.room?.currentItemId ?? null,
      may: {
        edit: mayEdit,
        chair: can(actor, 'session.chair', facts),
        writeDecision: facts.chairId === actor.personId || mayEdit,
      },
    };
  });
}
