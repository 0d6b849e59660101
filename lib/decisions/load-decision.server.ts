import { type Actor, can, type DecisionFacts } from '@/lib/auth/policy.ts';
import { sessionFactsSelect, toSessionFacts } from '@/lib/boards/load-session.server.ts';
import { judgeQuorum } from '@/lib/boards/rules.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import type { BothCentres } from '@/lib/db/both-centres.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { startDraft } from './rules.ts';
import type { Attendee, DecisionContext, DecisionDraft, DecisionField, DecisionView } from './schema.ts';

/** The policy's facts about the decision of an agenda item. Throws `not_found`. */
export async function decisionFacts(
  tx: Tx,
  agendaItemId: string,
): Promise<DecisionFacts & { sessionId: string; caseId: string }> {
  const item = await tx.agendaItem.findUnique({
    where: { id: agendaItemId },
    select: {
      sessionId: true,
      caseId: true,
      removedAt: true,
      session: { select: sessionFactsSelect },
      decision: { select: { versions: { select: { id: true }, take: 1 } } },
    },
  });
  if (!item) throw new AppError('not_found');
  return {
    kind: 'decision',
    session: toSessionFacts(item.session),
    case: await caseFacts(tx, item.caseId),
    onAgenda: item.removedAt === null && item.session.cancelledAt === null,
    recorded: item.decision !== null && item.decision.versions.length > 0,
    sessionId: item.sessionId,
    caseId: item.caseId,
  };
}

/** Whose case it is and who hosts the session, for the audit. */
export const centresOf = (facts: DecisionFacts): BothCentres => ({
  ofCase: facts.case.centreId,
  ofHost: facts.session.centreId,
});

/** The decision's row of an agenda item; made with the case's own words when it is not there yet. */
export async function openDecision(tx: Tx, agendaItemId: string) {
  const present = await tx.decision.findUnique({ where: { agendaItemId } });
  if (present) return present;
  const item = await tx.agendaItem.findUniqueOrThrow({
    where: { id: agendaItemId },
    select: { caseId: true, case: { select: { diagnosis: true, stage: true, question: true } } },
  });
  // Two who open it at once make one row: the second one's insert does nothing.
  await tx.decision.createMany({
    data: [{ agendaItemId, caseId: item.caseId, draft: startDraft(item.case) }],
    skipDuplicates: true,
  });
  return tx.decision.findUniqueOrThrow({ where: { agendaItemId } });
}

const personSelect = {
  id: true,
  displayName: true,
  memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
} as const;
type PersonRow = {
  id: string;
  displayName: string;
  memberships: { role: string; specialty: string | null; centre: { code: string } }[];
};

const toAttendee = (person: PersonRow): Attendee => ({
  personId: person.id,
  displayName: person.displayName,
  centreCode: person.memberships[0]?.centre.code ?? '',
  role: person.memberships[0]?.role ?? '',
  specialty: person.memberships[0]?.specialty ?? null,
});

/** Patient, board, session and attendance as they are now. */
export async function decisionContext(
  tx: Tx,
  agendaItemId: string,
  writtenOpinions: readonly string[],
): Promise<DecisionContext> {
  const item = await tx.agendaItem.findUniqueOrThrow({
    where: { id: agendaItemId },
    include: {
      attendance: true,
      case: { include: { patient: { include: { identifiers: { include: { centre: true } } } } } },
      session: {
        include: { board: { include: { centre: true } }, participants: { select: { personId: true } } },
      },
    },
  });
  const { session } = item;
  const attended = new Set(item.attendance.map((mark) => mark.personId));
  const invited = session.participants.map(({ personId }) => personId);
  const people = await tx.person.findMany({
    where: { id: { in: [...attended, ...invited, session.chairId, item.case.requesterId] } },
    orderBy: { displayName: 'asc' },
    select: personSelect,
  });
  const name = (id: string) => people.find((person) => person.id === id)?.displayName ?? '';
  const present = people.filter((person) => attended.has(person.id)).map(toAttendee);
  const { patient } = item.case;
  return {
    patient: {
      familyName: patient.familyName,
      givenName: patient.givenName,
      birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
      sex: patient.sex,
      identifiers: patient.identifiers.map(({ value, centre }) => ({ centreCode: centre.code, value })),
    },
    board: {
      title: session.board.title,
      type: session.board.type,
      centreCode: session.board.centre.code,
      centreName: session.board.centre.name,
      requiredSpecialties: session.board.requiredSpecialties,
    },
    session: {
      id: session.id,
      startsAt: session.startsAt.toISOString(),
      timeZone: session.timeZone,
      place: session.place,
    },
    case: { id: item.caseId, reason: item.case.reason, requesterName: name(item.case.requesterId) },
    chair: name(session.chairId),
    present,
    invitedAbsent: people
      .filter((person) => invited.includes(person.id) && !attended.has(person.id))
      .map(toAttendee),
    quorum: judgeQuorum(
      present.map((one) => one.specialty),
      session.board.requiredSpecialties,
      writtenOpinions,
    ),
  };
}

/** A decision as its readers see it. The caller has authorised the actor. */
export async function viewDecision(tx: Tx, actor: Actor, agendaItemId: string): Promise<DecisionView> {
  const facts = await decisionFacts(tx, agendaItemId);
  const decision = await openDecision(tx, agendaItemId);
  const draft = decision.draft as DecisionDraft;
  const versions = await tx.decisionVersion.findMany({
    where: { decisionId: decision.id },
    orderBy: { number: 'asc' },
  });
  const bookmarks = await tx.decisionBookmark.findMany({
    where: { decisionId: decision.id },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, field: true, createdAt: true, person: { select: { displayName: true } } },
  });
  const validators = await tx.person.findMany({
    where: { id: { in: versions.map((one) => one.validatedById) } },
    select: { id: true, displayName: true },
  });
  return {
    id: decision.id,
    agendaItemId,
    caseId: decision.caseId,
    sessionId: facts.sessionId,
    state: decision.state,
    draft,
    fieldVersions: decision.fieldVersions as DecisionView['fieldVersions'],
    version: decision.version,
    context: await decisionContext(tx, agendaItemId, draft.writtenOpinions),
    versions: versions.map((one) => ({
      number: one.number,
      content: one.content as DecisionDraft,
      context: one.context as unknown as DecisionContext,
      reason: one.reason,
      validatedBy: validators.find((person) => person.id === one.validatedById)?.displayName ?? '',
      validatedAt: one.validatedAt.toISOString(),
    })),
    bookmarks: bookmarks.map((one) => ({
      id: one.id,
      field: one.field as DecisionField,
      at: one.createdAt.toISOString(),
      byName: one.person.displayName,
    })),
    may: {
      write: can(actor, 'decision.write', facts),
      validate: can(actor, 'decision.validate', facts),
      openSession: can(actor, 'session.read', facts.session),
    },
  };
}
