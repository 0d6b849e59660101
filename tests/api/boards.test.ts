import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { editAgendaItem, reorderAgenda } from '@/lib/boards/agenda.server.ts';
import { createBoard, editBoard } from '@/lib/boards/create-board.server.ts';
import { listBoardCentres } from '@/lib/boards/list-board-centres.server.ts';
import { listBoards, readBoard } from '@/lib/boards/list-boards.server.ts';
import { listSessions } from '@/lib/boards/list-sessions.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import {
  editSession,
  scheduleSession,
  setCancelled,
  setInvited,
} from '@/lib/boards/schedule-session.server.ts';
import { createBoardSchema, editBoardSchema, editSessionSchema } from '@/lib/boards/schema.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { agendaOf, DAY_MS, newBoard, newSession, tomorrow, when } from '../setup/boards.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

describe('boards', () => {
  test('only a secretary makes one, in her own centre', async () => {
    const { secretary, chair, outsider } = world.actors;
    expect((await listBoardCentres(secretary)).map(({ code }) => code)).toEqual(['IGR']);
    expect(await listBoardCentres(chair)).toEqual([]);
    const input = createBoardSchema.parse({
      centreId: world.centres.IGR,
      title: 'Mine',
      chairId: chair.personId,
    });
    await expect(createBoard(chair, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createBoard(outsider, input)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a member of another centre sees the board; somebody of neither does not', async () => {
    const { nuclear, radiologist, outsider } = world.actors;
    const id = await newBoard(world, { title: 'Seen by its members' });
    expect((await readBoard(nuclear, id)).members.map((one) => [one.displayName, one.chair])).toEqual([
      ['Dr Claire Présidente', true],
      ['Dr Nadia Benali', false],
      ['Dr Olivier Marchand', false],
    ]);
    for (const stranger of [radiologist, outsider]) {
      await expect(readBoard(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
      expect((await listBoards(stranger)).map((board) => board.id)).not.toContain(id);
    }
  });

  test('a title may hold an emoji and 200 characters, not 201 and not none', async () => {
    const title = `🙂${'é'.repeat(199)}`;
    const id = await newBoard(world, { title });
    expect(await readBoard(world.actors.secretary, id)).toMatchObject({ title });
    await expect(newBoard(world, { title: `${title}x` })).rejects.toMatchObject({
      issues: [{ path: ['title'], code: 'too_big' }],
    });
    await expect(newBoard(world, { title: '  ' })).rejects.toMatchObject({
      issues: [{ path: ['title'], code: 'too_small' }],
    });
  });

  test('a member who does not exist is the input’s fault, and nothing is made', async () => {
    const before = await db().board.count();
    await expect(newBoard(world, { memberIds: [world.centres.IGR] })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'memberIds', code: 'unknown_person' }],
    });
    expect(await db().board.count()).toBe(before);
  });

  test('two editors at once: the second one is given what is saved, and nothing of the first is overwritten', async () => {
    const { secretary, chair, surgeon } = world.actors;
    const id = await newBoard(world);
    await editBoard(chair, id, { version: 1, title: 'Hodgkin', memberIds: [surgeon.personId] });
    await expect(editBoard(secretary, id, { version: 1, title: 'Lymphoma' })).rejects.toMatchObject({
      code: 'version_conflict',
      current: {
        title: 'Hodgkin',
        version: 2,
        members: [{ personId: chair.personId, chair: true }, { personId: surgeon.personId }],
      },
    });
    expect(await readBoard(secretary, id)).toMatchObject({ title: 'Hodgkin', version: 2 });
  });
});

describe('a session’s date', () => {
  test('is kept as an instant, read in its own zone; the members are invited', async () => {
    const { secretary, nuclear } = world.actors;
    const { id } = await scheduleSession(
      secretary,
      await newBoard(world),
      when({ date: '2099-07-14', time: '18:30', timeZone: 'Pacific/Noumea', place: 'Salle 🙂' }),
    );
    expect(await readSession(nuclear, id)).toMatchObject({
      startsAt: '2099-07-14T07:30:00.000Z',
      timeZone: 'Pacific/Noumea',
      place: 'Salle 🙂',
      chairName: 'Dr Claire Présidente',
    });
  });

  test.each([
    [{ date: '2027-02-31' }, 'date_does_not_exist'],
    [{ date: '2099-03-29', time: '02:30' }, 'date_does_not_exist'], // Paris jumps over this half hour
    [{ timeZone: 'Europe/Atlantis' }, 'date_does_not_exist'],
    [{ date: '2020-01-01' }, 'session_in_past'],
  ])('%j: %s, at the field, and no session is made', async (fields, code) => {
    const boardId = await newBoard(world);
    await expect(scheduleSession(world.actors.secretary, boardId, when(fields))).rejects.toMatchObject({
      code,
      fields: [{ path: 'date', code }],
    });
    expect(await db().boardSession.count({ where: { boardId } })).toBe(0);
  });

  test('an edit into the past is refused and changes nothing else either', async () => {
    const { secretary } = world.actors;
    const { id } = await newSession(world);
    const edit = editSession(secretary, id, { version: 1, date: '2020-01-01', place: 'Elsewhere' });
    await expect(edit).rejects.toMatchObject({ code: 'session_in_past' });
    expect(await readSession(secretary, id)).toMatchObject({ place: '', version: 1 });
  });

  test('a session that has begun can still get a place: only moving it asks for a coming date', async () => {
    const { secretary } = world.actors;
    const { id } = await newSession(world);
    await db().boardSession.update({ where: { id }, data: { startsAt: new Date(Date.now() - DAY_MS) } });
    await editSession(secretary, id, { version: 1, place: 'Room 2' });
    expect(await readSession(secretary, id)).toMatchObject({ place: 'Room 2' });
  });

  test('today is listed by the session’s own zone; a cancelled one is not', async () => {
    const { secretary, chair, outsider } = world.actors;
    const { id } = await newSession(world);
    await db().boardSession.update({ where: { id }, data: { startsAt: new Date() } });
    const todays = async (actor: AuthenticatedActor) =>
      (await listSessions(actor, 'today')).map((session) => session.id);
    expect(await todays(chair)).toContain(id);
    expect(await todays(outsider)).toEqual([]);
    await setCancelled(secretary, id, true);
    expect(await todays(chair)).not.toContain(id);
    await setCancelled(secretary, id, false);
    expect(await todays(chair)).toContain(id);
  });
});

test('what an edit leaves out stays as it is', async () => {
  const { secretary } = world.actors;
  const boardId = await newBoard(world, { type: 'rare' });
  await editBoard(secretary, boardId, editBoardSchema.parse({ version: 1, title: 'Hodgkin' }));
  expect(await readBoard(secretary, boardId)).toMatchObject({
    title: 'Hodgkin',
    type: 'rare',
    requiredSpecialties: ['radiation_oncology'],
    members: { length: 3 },
  });
  const fields = { place: 'Amphi', meetingUrl: 'https://meet.example.org/x', durationMinutes: 90 };
  const { id } = await scheduleSession(secretary, boardId, when(fields));
  await editSession(secretary, id, editSessionSchema.parse({ version: 1, durationMinutes: 45 }));
  expect(await readSession(secretary, id)).toMatchObject({ ...fields, durationMinutes: 45 });
});

test('two secretaries edit one session: the second is given what is saved now, field by field', async () => {
  const { secretary, chair } = world.actors;
  const { id } = await newSession(world);
  await editSession(chair, id, { version: 1, place: 'Salle Curie', time: '15:00' });
  const second = editSession(secretary, id, { version: 1, place: 'Amphi', durationMinutes: 90 });
  await expect(second).rejects.toMatchObject({
    code: 'version_conflict',
    current: {
      date: tomorrow(),
      time: '15:00',
      timeZone: 'Europe/Paris',
      durationMinutes: 60,
      place: 'Salle Curie',
      meetingUrl: '',
      chairId: chair.personId,
      version: 2,
    },
  });
  expect(await readSession(secretary, id)).toMatchObject({ place: 'Salle Curie', durationMinutes: 60 });
});

describe('inviting across centres', () => {
  test('opens the agenda’s cases to the invited; taking it back closes them', async () => {
    const { secretary, radiologist } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA');
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: items[0] } });
    await expect(readCase(radiologist, caseId)).rejects.toMatchObject({ code: 'not_found' });
    await setInvited(secretary, id, radiologist.personId, true);
    expect((await readCase(radiologist, caseId)).patient.familyName).toBe('ALPHA');
    expect(await agendaOf(radiologist, id)).toEqual(['ALPHA']);
    await setInvited(secretary, id, radiologist.personId, false);
    await expect(readCase(radiologist, caseId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readSession(radiologist, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a cancelled session and a removed item close the case as well', async () => {
    const { secretary, nuclear } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA');
    const item = items[0] ?? '';
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: item } });
    await readCase(nuclear, caseId);
    await setCancelled(secretary, id, true);
    await expect(readCase(nuclear, caseId)).rejects.toMatchObject({ code: 'not_found' });
    await setCancelled(secretary, id, false);
    await editAgendaItem(secretary, id, item, { removed: true });
    await expect(readCase(nuclear, caseId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the chair always stays; a disabled account is not invited but can be removed', async () => {
    const { secretary, chair, physicist } = world.actors;
    const { id } = await newSession(world);
    await expect(setInvited(secretary, id, chair.personId, false)).rejects.toMatchObject({
      code: 'state_conflict',
    });
    await setInvited(secretary, id, physicist.personId, true);
    const disable = (disabledAt: Date | null) =>
      db().person.update({ where: { id: physicist.personId }, data: { disabledAt } });
    await disable(new Date());
    await setInvited(secretary, id, physicist.personId, false);
    await expect(setInvited(secretary, id, physicist.personId, true)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await disable(null);
  });
});

describe('an outsider finds nothing anywhere', () => {
  let id: string;
  let boardId: string;
  let item: string;
  beforeEach(async () => {
    const session = await newSession(world, 'ALPHA');
    id = session.id;
    item = session.items[0] ?? '';
    ({ boardId } = await db().boardSession.findUniqueOrThrow({ where: { id } }));
  });

  test.each<[string, (actor: AuthenticatedActor) => Promise<unknown>]>([
    ['read the board', (actor) => readBoard(actor, boardId)],
    ['edit the board', (actor) => editBoard(actor, boardId, { version: 1, title: 'Mine' })],
    ['schedule a session', (actor) => scheduleSession(actor, boardId, when())],
    ['read the session', (actor) => readSession(actor, id)],
    ['edit the session', (actor) => editSession(actor, id, { version: 1, place: 'Mine' })],
    ['cancel the session', (actor) => setCancelled(actor, id, true)],
    ['invite oneself', (actor) => setInvited(actor, id, actor.personId, true)],
    ['reorder the agenda', (actor) => reorderAgenda(actor, id, { agendaVersion: 2, itemIds: [item] })],
    ['remove an item', (actor) => editAgendaItem(actor, id, item, { removed: true })],
  ])('%s', async (_what, attempt) => {
    const before = await db().auditEvent.count();
    await expect(attempt(world.actors.outsider)).rejects.toMatchObject({ code: 'not_found' });
    expect(await db().auditEvent.count(), 'nothing was done, so nothing is told').toBe(before);
  });

  test('a participant who is not the chair reads, and may change nothing', async () => {
    const { nuclear } = world.actors;
    expect((await readSession(nuclear, id)).may).toEqual({ edit: false, chair: false, writeDecision: false });
    await expect(setCancelled(nuclear, id, true)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(editAgendaItem(nuclear, id, item, { removed: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

test('reading a session leaves its audit row: who, which session, how many cases', async () => {
  const { chair } = world.actors;
  const { id } = await newSession(world, 'ALPHA', 'BRAVO');
  await readSession(chair, id);
  expect(
    await db().auditEvent.findFirst({ where: { action: 'session.read', resourceId: id } }),
  ).toMatchObject({
    actorId: chair.personId,
    centreId: world.centres.IGR,
    details: { cases: 2 },
  });
});
