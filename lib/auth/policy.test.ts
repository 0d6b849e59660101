import { describe, expect, test } from 'vitest';
import { authorise } from './authorise.ts';
import {
  type Action,
  type Actor,
  type BoardFacts,
  type CaseFacts,
  can,
  type DecisionFacts,
  type Resource,
  type Role,
  type SessionFacts,
  type StudyFacts,
  type WaitingFacts,
} from './policy.ts';

/**
 * Every action by every kind of relationship. A row names who may; whoever it does not name may not. A new action
 * without a row does not compile, a new relationship is tried against all of them.
 */

const HOME = 'centre-home';
const GUEST = 'centre-guest';
const FAR = 'centre-far';

const person = (personId: string, centreId: string, role: Role): Actor => ({
  personId,
  displayName: personId,
  memberships: [{ centreId, role, specialty: null }],
  locale: 'en',
  door: 'web',
});

/** HOME holds the case, the study and the board, and hosts the session. */
const people = {
  // by role, with no relationship of their own
  secretary: person('secretary', HOME, 'secretary'),
  clinician: person('clinician', HOME, 'clinician'),
  physicist: person('physicist', HOME, 'physicist'),
  referrer: person('referrer', HOME, 'referrer'),
  admin: person('admin', HOME, 'admin'),
  // by relationship; referrers have no clinical right of their own, so that the relationship alone decides
  requester: person('requester', GUEST, 'referrer'),
  formerRequester: { ...person('requester', GUEST, 'referrer'), memberships: [] },
  importer: person('importer', HOME, 'referrer'),
  formerImporter: person('importer', FAR, 'referrer'),
  chair: person('chair', GUEST, 'referrer'),
  boardChair: person('boardChair', GUEST, 'referrer'),
  boardMember: person('boardMember', GUEST, 'referrer'),
  invited: person('invited', GUEST, 'referrer'),
  sharedWith: person('sharedWith', GUEST, 'referrer'),
  // of a centre that it was shared with
  guestClinician: person('guestClinician', GUEST, 'clinician'),
  guestSecretary: person('guestSecretary', GUEST, 'secretary'),
  guestReferrer: person('guestReferrer', GUEST, 'referrer'),
  guestAdmin: person('guestAdmin', GUEST, 'admin'),
  // of a centre that nothing was shared with
  farClinician: person('farClinician', FAR, 'clinician'),
  farSecretary: person('farSecretary', FAR, 'secretary'),
  farAdmin: person('farAdmin', FAR, 'admin'),
  // of no centre, and the machine itself
  nobody: { ...person('nobody', HOME, 'clinician'), memberships: [] },
  machine: { ...person('machine', HOME, 'clinician'), personId: null, memberships: [], door: 'cli' },
} satisfies Record<string, Actor>;
type Who = keyof typeof people;

const board: BoardFacts = {
  kind: 'board',
  centreId: HOME,
  memberIds: ['boardMember', 'boardChair'],
  chairIds: ['boardChair'],
};
const session: SessionFacts = {
  kind: 'session',
  centreId: HOME,
  chairId: 'chair',
  participantIds: ['chair', 'invited'],
};
const waiting: WaitingFacts = { kind: 'waiting', centreIds: [HOME, GUEST], requesterIds: ['requester'] };
const patientCase: CaseFacts = {
  kind: 'case',
  centreId: HOME,
  requesterId: 'requester',
  sharedPersonIds: ['sharedWith'],
  sharedCentreIds: [GUEST],
  sessionParticipantIds: ['chair', 'invited'],
  sessionCentreIds: [HOME],
};
const study: StudyFacts = {
  kind: 'study',
  centreId: HOME,
  importedById: 'importer',
  sharedPersonIds: ['sharedWith'],
  sharedCentreIds: [GUEST],
  cases: [],
};
const decision: DecisionFacts = {
  kind: 'decision',
  session,
  case: patientCase,
  onAgenda: true,
  recorded: false,
};
const resources: Record<string, Resource> = {
  network: { kind: 'network' },
  centre: { kind: 'centre', centreId: HOME },
  board,
  session,
  waiting,
  case: patientCase,
  study,
  decision,
};

const clinicalOfHome: Who[] = ['secretary', 'clinician', 'physicist'];
const anyOfHome: Who[] = [...clinicalOfHome, 'referrer', 'admin', 'importer'];
const clinicalOfGuest: Who[] = ['guestClinician', 'guestSecretary'];
const caseReaders: Who[] = [
  ...clinicalOfHome,
  ...clinicalOfGuest,
  'requester',
  'sharedWith',
  'chair',
  'invited',
];

const table: Record<Action, readonly Who[]> = {
  'network.administer': ['machine'],
  'centre.read': anyOfHome,
  'centre.audit': ['admin'],
  'centre.people': ['admin'],
  'centre.quarantine': ['admin'],
  'centre.nodes': ['admin'],
  'centre.query-nodes': clinicalOfHome,
  'centre.patients': clinicalOfHome,
  'centre.correct': ['secretary', 'admin'],
  'centre.retention': ['admin'],
  'board.create': ['secretary'],
  'board.read': [...clinicalOfHome, 'boardChair', 'boardMember'],
  'board.edit': ['secretary', 'boardChair'],
  'session.read': ['secretary', 'chair', 'invited'],
  'session.edit': ['secretary', 'chair'],
  'session.join': ['secretary', 'chair', 'invited'],
  'session.replay': ['secretary', 'chair', 'invited'],
  'session.chair': ['chair'],
  'waiting.enter': ['clinician', 'physicist', 'guestClinician', 'requester'],
  'case.create': [...clinicalOfHome, 'referrer', 'importer'],
  'case.create-for-others': ['secretary'],
  'case.read': caseReaders,
  'case.edit': [...clinicalOfHome, 'requester'],
  'case.share': ['secretary', 'clinician', 'requester'],
  'case.annotate': caseReaders,
  'study.import': anyOfHome,
  'study.list': [...clinicalOfHome, 'admin'],
  'study.read': [...clinicalOfHome, ...clinicalOfGuest, 'admin', 'importer', 'sharedWith'],
  'study.attach': [...clinicalOfHome, ...clinicalOfGuest, 'importer', 'sharedWith'],
  'study.share': clinicalOfHome,
  'study.send': clinicalOfHome,
  'study.export': [...clinicalOfHome, ...clinicalOfGuest, 'importer', 'sharedWith'],
  'study.correct': ['secretary', 'admin'],
  'study.delete': ['admin'],
  'study.hold': ['admin'],
  'decision.read': caseReaders,
  'decision.read-notes': ['secretary', 'chair', 'invited'],
  'decision.write-notes': ['secretary', 'chair', 'invited'],
  'decision.write': ['secretary', 'chair'],
  'decision.validate': ['chair'],
};

/** The kind of resource that an action is about, by its name; some actions are asked of the centre. */
const askedOfCentre: readonly Action[] = [
  'board.create',
  'case.create',
  'case.create-for-others',
  'study.import',
  'study.list',
];
const resourceOf = (action: Action): Resource =>
  resources[askedOfCentre.includes(action) ? 'centre' : (action.split('.')[0] ?? '')] as Resource;

describe.each(Object.entries(table) as [Action, readonly Who[]][])('%s', (action, allowed) => {
  test.each(Object.keys(people) as Who[])('%s', (who) => {
    expect(can(people[who], action, resourceOf(action))).toBe(allowed.includes(who));
  });

  test('of any other kind of resource is no, whoever asks', () => {
    for (const other of Object.values(resources).filter((one) => one !== resourceOf(action)))
      for (const actor of Object.values(people)) expect(can(actor, action, other)).toBe(false);
  });
});

describe('a study that was attached to a case', () => {
  test('is read by whoever reads the case, but is neither attached elsewhere nor shared by them', () => {
    const attached: StudyFacts = { ...study, sharedPersonIds: [], sharedCentreIds: [], cases: [patientCase] };
    expect(can(people.invited, 'study.read', attached)).toBe(true);
    expect(can(people.invited, 'study.attach', attached)).toBe(false);
    expect(can(people.invited, 'study.share', attached)).toBe(false);
    expect(can(people.farClinician, 'study.read', attached)).toBe(false);
  });
});

describe('a decision whose case left the agenda, or whose session was cancelled', () => {
  const left: DecisionFacts = {
    ...decision,
    case: {
      ...patientCase,
      centreId: FAR,
      sharedCentreIds: [],
      sessionParticipantIds: [],
      sessionCentreIds: [],
    },
    onAgenda: false,
  };
  const ofSession: Who[] = ['secretary', 'chair', 'invited'];

  test('is read by the readers of its case alone, and written by nobody', () => {
    for (const who of ofSession)
      for (const action of ['read', 'read-notes', 'write-notes', 'write', 'validate'] as const)
        expect(can(people[who], `decision.${action}`, left), `${who} ${action}`).toBe(false);
    expect(can(people.farClinician, 'decision.read', left)).toBe(true);
    expect(can(people.farClinician, 'decision.write', left)).toBe(false);
  });

  test('is read still by those of the session when it is on record, and written by nobody', () => {
    const recorded = { ...left, recorded: true };
    for (const who of ofSession) {
      expect(can(people[who], 'decision.read', recorded)).toBe(true);
      expect(can(people[who], 'decision.read-notes', recorded)).toBe(true);
      expect(can(people[who], 'decision.write-notes', recorded)).toBe(false);
      expect(can(people[who], 'decision.write', recorded)).toBe(false);
      expect(can(people[who], 'decision.validate', recorded)).toBe(false);
    }
  });
});

describe('nothing is shared by the way', () => {
  const unshared: CaseFacts = {
    ...patientCase,
    sharedPersonIds: [],
    sharedCentreIds: [],
    sessionParticipantIds: [],
    sessionCentreIds: [],
  };

  test('a case that is on no agenda and was shared with nobody is its centre’s and its requester’s', () => {
    const readers = (Object.keys(people) as Who[]).filter((who) => can(people[who], 'case.read', unshared));
    expect(readers.sort()).toEqual([...clinicalOfHome, 'requester'].sort());
  });

  test('the secretary of a centre that hosts the session prepares the case, its clinicians do not see it', () => {
    const hosted = { ...unshared, sessionCentreIds: [FAR] };
    expect(can(people.farSecretary, 'case.read', hosted)).toBe(true);
    expect(can(people.farSecretary, 'case.edit', hosted)).toBe(true);
    expect(can(people.farClinician, 'case.read', hosted)).toBe(false);
  });

  test('a study that the machine brought in has no importer', () => {
    expect(can(people.machine, 'study.read', { ...study, importedById: null, sharedCentreIds: [] })).toBe(
      false,
    );
  });
});

test('several memberships add up', () => {
  const both: Actor = {
    ...people.farAdmin,
    memberships: [...people.farAdmin.memberships, ...people.secretary.memberships],
  };
  expect(can(both, 'board.create', { kind: 'centre', centreId: HOME })).toBe(true);
  expect(can(both, 'centre.audit', { kind: 'centre', centreId: FAR })).toBe(true);
  expect(can(both, 'centre.audit', { kind: 'centre', centreId: HOME })).toBe(false);
});

describe('what is refused', () => {
  test('does not exist for those who may not even read it', () => {
    expect(() => authorise(people.farClinician, 'case.edit', patientCase)).toThrow('not_found');
  });

  test('is forbidden to those who read it', () => {
    expect(() => authorise(people.guestClinician, 'case.edit', patientCase)).toThrow('forbidden');
  });
});
