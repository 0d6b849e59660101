/**
 * Who may do what, as one pure function over plain facts. Use cases load the facts and ask; nothing else decides.
 * Default is no. An account of one centre sees nothing of another unless a board, a case or a study was shared with it.
 */

export type Role = 'secretary' | 'clinician' | 'physicist' | 'referrer' | 'admin';
export type Door = 'web' | 'api' | 'dicomweb' | 'dimse' | 'live' | 'cli' | 'system';

export type ActorMembership = { centreId: string; role: Role; specialty: string | null };

export type Actor = {
  /** Null for the machine itself (import from disk, jobs), which acts for a centre. */
  personId: string | null;
  displayName: string;
  memberships: readonly ActorMembership[];
  locale: 'en' | 'fr';
  door: Door;
};

/** Facts about a resource, loaded by the use case, never taken from a payload. */
export type NetworkFacts = { kind: 'network' };
export type CentreFacts = { kind: 'centre'; centreId: string };
export type BoardFacts = {
  kind: 'board';
  centreId: string;
  memberIds: readonly string[];
  chairIds: readonly string[];
};
export type SessionFacts = {
  kind: 'session';
  /** The centre that hosts the board. */
  centreId: string;
  chairId: string;
  /** Invited persons, the chair included. */
  participantIds: readonly string[];
};
/** Of a session's waiting room: where those stand who may ask to be let in without being invited. */
export type WaitingFacts = {
  kind: 'waiting';
  /** Centres that take part: the host, those of the board's members, those with a case on the agenda. */
  centreIds: readonly string[];
  /** Who asks about a case on the agenda. */
  requesterIds: readonly string[];
};
export type CaseFacts = {
  kind: 'case';
  centreId: string;
  requesterId: string;
  sharedPersonIds: readonly string[];
  sharedCentreIds: readonly string[];
  /** Everybody invited to a session that has the case on its agenda. */
  sessionParticipantIds: readonly string[];
  /** Centres that host such a session: their secretaries prepare it. */
  sessionCentreIds: readonly string[];
};
export type StudyFacts = {
  kind: 'study';
  centreId: string;
  /** Who brought it in; null when the machine did (import from disk, DIMSE). */
  importedById: string | null;
  sharedPersonIds: readonly string[];
  sharedCentreIds: readonly string[];
  /** The cases that the study is attached to. */
  cases: readonly CaseFacts[];
};
export type DecisionFacts = {
  kind: 'decision';
  session: SessionFacts;
  case: CaseFacts;
  /** Whether the case is on the agenda, and of a session that was not cancelled. */
  onAgenda: boolean;
  /** Whether a version was validated: those of the session keep such a record. */
  recorded: boolean;
};
export type Resource =
  | NetworkFacts
  | CentreFacts
  | BoardFacts
  | SessionFacts
  | WaitingFacts
  | CaseFacts
  | StudyFacts
  | DecisionFacts;

export type Action =
  | 'network.administer'
  | 'centre.read'
  | 'centre.audit'
  | 'centre.people'
  | 'centre.quarantine'
  | 'centre.nodes'
  | 'centre.query-nodes'
  | 'centre.correct'
  | 'centre.retention'
  | 'board.create'
  | 'board.read'
  | 'board.edit'
  | 'session.read'
  | 'session.edit'
  | 'session.join'
  | 'session.replay'
  | 'session.chair'
  | 'waiting.enter'
  | 'centre.patients'
  | 'case.create'
  | 'case.create-for-others'
  | 'case.read'
  | 'case.edit'
  | 'case.share'
  | 'case.annotate'
  | 'study.import'
  | 'study.list'
  | 'study.read'
  | 'study.attach'
  | 'study.share'
  | 'study.send'
  | 'study.export'
  | 'study.correct'
  | 'study.delete'
  | 'study.hold'
  | 'decision.read'
  | 'decision.read-notes'
  | 'decision.write-notes'
  | 'decision.write'
  | 'decision.validate';

const clinical: readonly Role[] = ['secretary', 'clinician', 'physicist'];

export function hasRole(actor: Actor, centreId: string, roles: readonly Role[]): boolean {
  return actor.memberships.some(
    (membership) => membership.centreId === centreId && roles.includes(membership.role),
  );
}

function isPerson(actor: Actor, ids: readonly string[]): boolean {
  return actor.personId !== null && ids.includes(actor.personId);
}

/** Who asked for a case keeps their rights to it, wherever they work, but not when they have left every centre. */
function isRequester(actor: Actor, facts: CaseFacts): boolean {
  return isPerson(actor, [facts.requesterId]) && actor.memberships.length > 0;
}

/** A share with a centre is read by its clinical staff, not by its referrers or its administrator. */
function isOfSharedCentre(actor: Actor, centreIds: readonly string[]): boolean {
  return centreIds.some((centreId) => hasRole(actor, centreId, clinical));
}

function mayReadCase(actor: Actor, facts: CaseFacts): boolean {
  return (
    hasRole(actor, facts.centreId, clinical) ||
    isRequester(actor, facts) ||
    isPerson(actor, facts.sharedPersonIds) ||
    isOfSharedCentre(actor, facts.sharedCentreIds) ||
    isPerson(actor, facts.sessionParticipantIds) ||
    facts.sessionCentreIds.some((centreId) => hasRole(actor, centreId, ['secretary']))
  );
}

function mayReadSession(actor: Actor, facts: SessionFacts): boolean {
  return (
    isPerson(actor, facts.participantIds) ||
    isPerson(actor, [facts.chairId]) ||
    hasRole(actor, facts.centreId, ['secretary'])
  );
}

/** Nobody inside the network admits a centre to it, or replaces a lost password: whoever runs the server does, at its shell. */
function onNetwork(actor: Actor, action: Action): boolean {
  return action === 'network.administer' && actor.personId === null && actor.door === 'cli';
}

function onCentre(actor: Actor, action: Action, facts: CentreFacts): boolean {
  switch (action) {
    case 'centre.read':
      return hasRole(actor, facts.centreId, ['secretary', 'clinician', 'physicist', 'referrer', 'admin']);
    case 'centre.audit':
    case 'centre.people':
    case 'centre.quarantine':
    case 'centre.nodes':
    case 'centre.retention':
      return hasRole(actor, facts.centreId, ['admin']);
    case 'board.create':
      return hasRole(actor, facts.centreId, ['secretary']);
    case 'centre.correct':
      return hasRole(actor, facts.centreId, ['secretary', 'admin']);
    case 'case.create':
      return hasRole(actor, facts.centreId, ['secretary', 'clinician', 'physicist', 'referrer']);
    case 'case.create-for-others':
      return hasRole(actor, facts.centreId, ['secretary']);
    case 'centre.query-nodes':
    // Who the centre's patients are: those who read every case of it know already.
    case 'centre.patients':
      return hasRole(actor, facts.centreId, clinical);
    case 'study.import':
      return hasRole(actor, facts.centreId, ['secretary', 'clinician', 'physicist', 'referrer', 'admin']);
    case 'study.list':
      return hasRole(actor, facts.centreId, [...clinical, 'admin']);
    default:
      return false;
  }
}

function onBoard(actor: Actor, action: Action, facts: BoardFacts): boolean {
  switch (action) {
    case 'board.read':
      return hasRole(actor, facts.centreId, clinical) || isPerson(actor, facts.memberIds);
    case 'board.edit':
      return hasRole(actor, facts.centreId, ['secretary']) || isPerson(actor, facts.chairIds);
    default:
      return false;
  }
}

function onSession(actor: Actor, action: Action, facts: SessionFacts): boolean {
  switch (action) {
    case 'session.read':
    case 'session.join':
    // What one could have seen there, one may see again.
    case 'session.replay':
      return mayReadSession(actor, facts);
    case 'session.edit':
      return hasRole(actor, facts.centreId, ['secretary']) || isPerson(actor, [facts.chairId]);
    case 'session.chair':
      return isPerson(actor, [facts.chairId]);
    default:
      return false;
  }
}

/** Whoever might have been invited, had somebody thought of them. Standing there shows nothing of any patient. */
function onWaiting(actor: Actor, action: Action, facts: WaitingFacts): boolean {
  return (
    action === 'waiting.enter' &&
    (facts.centreIds.some((centreId) => hasRole(actor, centreId, ['clinician', 'physicist'])) ||
      (isPerson(actor, facts.requesterIds) && actor.memberships.length > 0))
  );
}

function onCase(actor: Actor, action: Action, facts: CaseFacts): boolean {
  switch (action) {
    case 'case.read':
    // Whoever is asked for an opinion points at what it rests on.
    case 'case.annotate':
      return mayReadCase(actor, facts);
    case 'case.edit':
      return (
        hasRole(actor, facts.centreId, clinical) ||
        isRequester(actor, facts) ||
        facts.sessionCentreIds.some((centreId) => hasRole(actor, centreId, ['secretary']))
      );
    case 'case.share':
      return hasRole(actor, facts.centreId, ['secretary', 'clinician']) || isRequester(actor, facts);
    default:
      return false;
  }
}

/** Whoever brought a study keeps access to it while a member of that centre. */
function isImporter(actor: Actor, facts: StudyFacts): boolean {
  return (
    facts.importedById !== null &&
    isPerson(actor, [facts.importedById]) &&
    actor.memberships.some((membership) => membership.centreId === facts.centreId)
  );
}

function onStudy(actor: Actor, action: Action, facts: StudyFacts): boolean {
  switch (action) {
    case 'study.read':
      return (
        hasRole(actor, facts.centreId, [...clinical, 'admin']) ||
        isImporter(actor, facts) ||
        isPerson(actor, facts.sharedPersonIds) ||
        isOfSharedCentre(actor, facts.sharedCentreIds) ||
        facts.cases.some((attached) => mayReadCase(actor, attached))
      );
    case 'study.attach':
      // Attaching shows the study to everybody of the case: only those who hold it, or to whom it was given, may.
      return (
        hasRole(actor, facts.centreId, clinical) ||
        isImporter(actor, facts) ||
        isPerson(actor, facts.sharedPersonIds) ||
        isOfSharedCentre(actor, facts.sharedCentreIds)
      );
    case 'study.share':
    case 'study.send':
      return hasRole(actor, facts.centreId, clinical);
    case 'study.export':
      return (
        hasRole(actor, facts.centreId, clinical) ||
        isImporter(actor, facts) ||
        isPerson(actor, facts.sharedPersonIds) ||
        isOfSharedCentre(actor, facts.sharedCentreIds)
      );
    case 'study.correct':
      return hasRole(actor, facts.centreId, ['secretary', 'admin']);
    case 'study.delete':
    case 'study.hold':
      return hasRole(actor, facts.centreId, ['admin']);
    default:
      return false;
  }
}

function onDecision(actor: Actor, action: Action, facts: DecisionFacts): boolean {
  // A case that left the agenda is its own readers' again, but for the record that was made of it.
  const ofItsSession = (facts.onAgenda || facts.recorded) && mayReadSession(actor, facts.session);
  switch (action) {
    case 'decision.read':
      return ofItsSession || mayReadCase(actor, facts.case);
    case 'decision.read-notes':
      return ofItsSession;
    case 'decision.write-notes':
      return facts.onAgenda && mayReadSession(actor, facts.session);
    case 'decision.write':
      return (
        facts.onAgenda &&
        (isPerson(actor, [facts.session.chairId]) || hasRole(actor, facts.session.centreId, ['secretary']))
      );
    case 'decision.validate':
      return facts.onAgenda && isPerson(actor, [facts.session.chairId]);
    default:
      return false;
  }
}

/** May this actor do this to that? Pure; table-tested in policy.test.ts. */
export function can(actor: Actor, action: Action, resource: Resource): boolean {
  switch (resource.kind) {
    case 'network':
      return onNetwork(actor, action);
    case 'centre':
      return onCentre(actor, action, resource);
    case 'board':
      return onBoard(actor, action, resource);
    case 'session':
      return onSession(actor, action, resource);
    case 'waiting':
      return onWaiting(actor, action, resource);
    case 'case':
      return onCase(actor, action, resource);
    case 'study':
      return onStudy(actor, action, resource);
    case 'decision':
      return onDecision(actor, action, resource);
  }
}
