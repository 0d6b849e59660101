import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editAgendaItem, scheduleCase } from '@/lib/boards/agenda.server.ts';
import { createBoard } from '@/lib/boards/create-board.server.ts';
import { scheduleSession } from '@/lib/boards/schedule-session.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { listCases, readCase } from '@/lib/cases/read-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import {
  editDecisionDraft,
  readDecision,
  startAmendment,
  validateDecision,
} from '@/lib/decisions/decide.server.ts';
import { printRecord } from '@/lib/decisions/print-record.server.ts';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import { markAttendance } from '@/lib/live/attendance.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let sessionId: string;
let itemId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  const { secretary, chair, oncologist, surgeon, nuclear } = world.actors;
  const board = await createBoard(secretary, {
    centreId: world.centres.IGR,
    title: 'RCP Lymphomes',
    type: 'recours',
    requiredSpecialties: ['radiation_oncology', 'medical_oncology'],
    chairId: chair.personId,
    memberIds: [oncologist.personId, surgeon.personId, nuclear.personId],
  });
  ({ id: sessionId } = await scheduleSession(secretary, board.id, {
    date: '2090-03-15',
    time: '14:30',
    timeZone: 'Europe/Paris',
    durationMinutes: 60,
    place: 'Salle Curie',
    meetingUrl: '',
  }));
});
afterAll(() => database.close());

beforeEach(async () => {
  const { secretary } = world.actors;
  const { id: caseId } = await createCase(secretary, {
    centreId: world.centres.IGR,
    patient: {
      familyName: 'Lefèbvre-Žižek',
      givenName: 'Élodie',
      birthDate: '1991-04-12',
      sex: 'F',
      identifier: `IGR-${Math.random()}`,
    },
    reason: 'Réévaluation après 2 ABVD',
    question: 'Quels ganglions irradier ?',
    diagnosis: 'Lymphome de Hodgkin',
    stage: 'IIA',
    history: '',
  });
  ({ id: itemId } = await scheduleCase(secretary, sessionId, { caseId, plannedMinutes: 10 }));
});

const write = (actor: World['actors']['chair'], field: DecisionField, value: unknown, baseVersion = 0) =>
  editDecisionDraft(actor, { agendaItemId: itemId, field, value, baseVersion });

const validate = async (reason = '') => {
  const { chair } = world.actors;
  const { version } = await readDecision(chair, itemId);
  return validateDecision(chair, itemId, { reason, version });
};

describe('the draft is written field by field', () => {
  test('it begins with what the case says', async () => {
    expect(await readDecision(world.actors.oncologist, itemId)).toMatchObject({
      state: 'draft',
      draft: { diagnosis: 'Lymphome de Hodgkin', question: 'Quels ganglions irradier ?', proposal: '' },
      may: { write: false, validate: false },
    });
  });

  test('two who write two fields do not meet', async () => {
    const { chair, secretary } = world.actors;
    await Promise.all([write(chair, 'proposal', 'INRT 30 Gy'), write(secretary, 'trial', 'H10')]);
    expect(await readDecision(chair, itemId)).toMatchObject({
      draft: { proposal: 'INRT 30 Gy', trial: 'H10' },
      fieldVersions: { proposal: 1, trial: 1 },
    });
  });

  test('the second of two who write one field hears what the first wrote; nothing is overwritten', async () => {
    const { chair, secretary } = world.actors;
    await write(secretary, 'proposal', 'INRT 30 Gy');
    await expect(write(chair, 'proposal', 'ISRT 36 Gy')).rejects.toMatchObject({
      code: 'version_conflict',
      current: { value: 'INRT 30 Gy', fieldVersion: 1 },
    });
    expect(await write(chair, 'proposal', 'ISRT 36 Gy', 1)).toMatchObject({ fieldVersion: 2, version: 3 });
  });

  test('of ten at the same moment one is saved', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => write(world.actors.chair, 'proposal', `text ${index}`)),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect((await readDecision(world.actors.chair, itemId)).fieldVersions.proposal).toBe(1);
  });

  test.each([
    ['performanceStatus', 7],
    ['plannedDate', '2026-02-31'],
    ['mode', 'forgotten'],
    ['writtenOpinions', ['astrology']],
  ] as const)('%s refuses %j', async (field, value) => {
    await expect(write(world.actors.chair, field, value)).rejects.toThrow();
    expect((await readDecision(world.actors.chair, itemId)).fieldVersions).toEqual({});
  });
});

describe('who may', () => {
  test('the secretary writes on the chair’s behalf and does not validate', async () => {
    const { secretary } = world.actors;
    await write(secretary, 'proposal', 'INRT 30 Gy');
    const { version, may } = await readDecision(secretary, itemId);
    expect(may).toMatchObject({ write: true, validate: false });
    await expect(validateDecision(secretary, itemId, { reason: '', version })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test.each(['oncologist', 'surgeon', 'nuclear'] as const)('%s reads and does not write', async (who) => {
    await expect(write(world.actors[who], 'proposal', 'mine')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await readDecision(world.actors[who], itemId)).toMatchObject({ draft: { proposal: '' } });
  });

  test('for an outsider there is no such decision', async () => {
    const { outsider } = world.actors;
    const all = [
      readDecision(outsider, itemId),
      write(outsider, 'proposal', 'x'),
      validateDecision(outsider, itemId, { reason: '', version: 1 }),
      startAmendment(outsider, itemId),
      printRecord(outsider, itemId, { locale: 'en' }),
    ];
    for (const attempt of await Promise.allSettled(all))
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  });
});

describe('validation', () => {
  test('an incomplete record is refused with the fields that are missing', async () => {
    await write(world.actors.chair, 'guidelineFollowed', false);
    await expect(validate()).rejects.toMatchObject({
      code: 'decision_incomplete',
      fields: [{ path: 'proposal' }, { path: 'offGuidelineReason' }],
    });
  });

  test('what is frozen is what the chair read', async () => {
    const { chair, secretary } = world.actors;
    await write(chair, 'proposal', 'INRT 30 Gy');
    const { version } = await readDecision(chair, itemId);
    await write(secretary, 'proposal', 'INRT 40 Gy', 1);
    await expect(validateDecision(chair, itemId, { reason: '', version })).rejects.toMatchObject({
      code: 'version_conflict',
    });
  });

  test('attendance and quorum are those of the discussion, frozen', async () => {
    const { chair, oncologist, nuclear, surgeon } = world.actors;
    await write(chair, 'proposal', 'INRT 30 Gy');
    await markAttendance(itemId, world.centres.IGR, [chair, oncologist, nuclear]);
    await validate();
    await markAttendance(itemId, world.centres.IGR, [surgeon]);
    const { versions, context } = await readDecision(chair, itemId);
    expect(versions[0]?.context.present.map((one) => one.displayName)).toEqual([
      chair.displayName,
      nuclear.displayName,
      oncologist.displayName,
    ]);
    expect(versions[0]?.context.invitedAbsent.map((one) => one.personId)).toEqual([surgeon.personId]);
    expect(versions[0]?.context.quorum).toEqual({ met: true, different: 3, missing: [] });
    expect(context.present, 'the present goes on').toHaveLength(4);
  });

  test('a written opinion supplies a missing specialty', async () => {
    const { chair, nuclear } = world.actors;
    await markAttendance(itemId, world.centres.IGR, [chair, nuclear]);
    expect((await readDecision(chair, itemId)).context.quorum).toMatchObject({
      met: false,
      missing: ['medical_oncology'],
    });
    await write(chair, 'writtenOpinions', ['medical_oncology']);
    expect((await readDecision(chair, itemId)).context.quorum).toMatchObject({ met: true, missing: [] });
  });

  test('a validated record is never written again, and the database refuses too', async () => {
    const { chair } = world.actors;
    await write(chair, 'proposal', 'INRT 30 Gy');
    await validate();
    await expect(write(chair, 'proposal', 'INRT 40 Gy', 1)).rejects.toMatchObject({
      code: 'decision_validated',
    });
    await expect(validate()).rejects.toMatchObject({ code: 'decision_validated' });
    await expect(db().decisionVersion.updateMany({ data: { reason: 'other' } })).rejects.toThrow(
      /append-only/,
    );
    await expect(db().decisionVersion.deleteMany()).rejects.toThrow(/append-only/);
    await expect(db().$executeRawUnsafe('TRUNCATE "DecisionVersion" CASCADE')).rejects.toThrow(/append-only/);
  });

  test('who asked finds in their list what became of it, and no way into a session they are not invited to', async () => {
    const { chair, referrer } = world.actors;
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: itemId } });
    await db().case.update({ where: { id: caseId }, data: { requesterId: referrer.personId } });
    const latest = async () => (await listCases(referrer, '')).find(({ id }) => id === caseId)?.latest;
    expect(await latest()).toMatchObject({ itemId, decided: false, timeZone: 'Europe/Paris' });
    await write(chair, 'proposal', 'INRT 30 Gy');
    await validate();
    expect(await latest()).toMatchObject({ decided: true });
    expect((await readCase(referrer, caseId)).agenda).toMatchObject([{ itemId, mayOpen: false }]);
    expect((await readDecision(referrer, itemId)).may).toEqual({
      write: false,
      validate: false,
      openSession: false,
    });
    expect((await readCase(chair, caseId)).agenda).toMatchObject([{ mayOpen: true }]);
  });

  test('every step leaves its audit row', async () => {
    const { chair } = world.actors;
    await write(chair, 'proposal', 'INRT 30 Gy');
    await validate();
    await startAmendment(chair, itemId);
    const { id } = await readDecision(chair, itemId);
    const rows = await db().auditEvent.findMany({ where: { resourceId: id }, select: { action: true } });
    const actions = new Set(rows.map((row) => row.action));
    for (const action of ['decision.read', 'decision.edit', 'decision.validate', 'decision.open-amendment'])
      expect(actions).toContain(action);
  });
});

describe('amendment', () => {
  beforeEach(async () => {
    await write(world.actors.chair, 'proposal', 'INRT 30 Gy');
    await validate();
  });

  test('needs a reason and makes version 2; version 1 stays as it was', async () => {
    const { chair } = world.actors;
    const [first] = (await readDecision(chair, itemId)).versions;
    await startAmendment(chair, itemId);
    await write(chair, 'proposal', 'INRT 36 Gy', 1);
    await expect(validate()).rejects.toMatchObject({ code: 'reason_required' });
    expect(await validate('TEP reçue après la réunion')).toEqual({ number: 2 });
    const view = await readDecision(chair, itemId);
    expect(view.versions[0]).toEqual(first);
    expect(view.versions[1]).toMatchObject({
      number: 2,
      reason: 'TEP reçue après la réunion',
      content: { proposal: 'INRT 36 Gy' },
      validatedBy: chair.displayName,
    });
  });

  test('only the chair opens one, and only of a validated record', async () => {
    await expect(startAmendment(world.actors.secretary, itemId)).rejects.toMatchObject({ code: 'forbidden' });
    await startAmendment(world.actors.chair, itemId);
    await expect(startAmendment(world.actors.chair, itemId)).rejects.toMatchObject({
      code: 'state_conflict',
    });
  });
});

describe('the record on paper', () => {
  const textOf = async (options: { locale: 'en' | 'fr'; version?: number }) => {
    const { bytes } = await printRecord(world.actors.oncologist, itemId, options);
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
    return text.replace(/\s+/g, ' ');
  };

  beforeEach(async () => {
    const { chair, oncologist, nuclear } = world.actors;
    await markAttendance(itemId, world.centres.IGR, [chair, oncologist, nuclear]);
    await write(chair, 'proposal', 'INRT 30 Gy en 15 fractions');
  });

  test('each printing leaves a row of its own, with what was printed', async () => {
    await textOf({ locale: 'fr' });
    await validate();
    await textOf({ locale: 'en' });
    const { id } = await readDecision(world.actors.chair, itemId);
    const rows = await db().auditEvent.findMany({
      where: { action: 'decision.print', resourceId: id },
      orderBy: { id: 'asc' },
    });
    const who = { actorId: world.actors.oncologist.personId, centreId: world.centres.IGR };
    expect(rows).toMatchObject([
      { ...who, details: { locale: 'fr' } },
      { ...who, details: { locale: 'en', version: 1 } },
    ]);
  });

  test('a draft says that it is one', async () => {
    expect(await textOf({ locale: 'fr' })).toContain('BROUILLON');
    expect(await textOf({ locale: 'en' })).toContain('DRAFT');
  });

  test.each([
    ['fr', 'Médecine nucléaire', '12 avril 1991'],
    ['en', 'Nuclear medicine', '12 April 1991'],
  ] as const)(
    'in %s it tells patient, board, people, question, proposal and versions',
    async (locale, nuclearMedicine, birth) => {
      const { chair, oncologist, nuclear } = world.actors;
      await validate();
      await startAmendment(chair, itemId);
      await write(chair, 'proposal', 'INRT 36 Gy en 18 fractions', 1);
      await validate('TEP reçue après la réunion');
      const text = await textOf({ locale });
      for (const word of [
        'Lefèbvre-Žižek Élodie',
        birth,
        'RCP Lymphomes',
        'Salle Curie',
        chair.displayName,
        oncologist.displayName,
        `${nuclear.displayName} (${nuclearMedicine}, CLB)`,
        'Quels ganglions irradier ?',
        'INRT 36 Gy en 18 fractions',
        'Version 1',
        'Version 2',
        'TEP reçue après la réunion',
      ])
        expect(text).toContain(word);
      expect(text).not.toContain('INRT 30 Gy');
      expect(await textOf({ locale, version: 1 }), 'version 1 is still to be had').toContain('INRT 30 Gy');
    },
  );

  test('it says who drew on the images in the meeting, and that drawings are not printed', async () => {
    const { chair, nuclear } = world.actors;
    const drawing = (type: string, annotationId: string, more = {}) => ({
      sessionId,
      type,
      payload: { itemId, annotationId, ...more },
      personId: nuclear.personId,
      clientId: `${type} ${annotationId}`,
    });
    const put = (id: string) =>
      drawing('annotation.put', id, {
        annotation: { author: { name: nuclear.displayName, colour: '#ffd43b' }, drawn: drawnAs(id) },
      });
    const events = [put('a'), put('b'), put('c'), drawing('annotation.remove', 'b')];
    await db().roomEvent.createMany({ data: events.map((one, index) => ({ ...one, seq: index + 1 })) });
    const words = `${nuclear.displayName} : 2 tracés ou mesures`;
    expect(await textOf({ locale: 'fr' })).toContain(words);
    await validate();
    const { versions } = await readDecision(chair, itemId);
    expect(versions[0]?.context.drawn).toEqual([{ name: nuclear.displayName, count: 2 }]);
    const printed = await textOf({ locale: 'fr' });
    expect(printed).toContain(words);
    expect(printed).toContain('la relecture de la séance les montre');
  });

  test('a version that there is none of is not found', async () => {
    await expect(printRecord(world.actors.chair, itemId, { locale: 'fr', version: 9 })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });

  test('a case that left the agenda keeps its record', async () => {
    await validate();
    await editAgendaItem(world.actors.secretary, sessionId, itemId, { removed: true });
    expect(await textOf({ locale: 'fr' })).toContain('INRT 30 Gy');
    await expect(startAmendment(world.actors.chair, itemId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
