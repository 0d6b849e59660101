import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editAgendaItem } from '@/lib/boards/agenda.server.ts';
import { setCancelled } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { editDecisionDraft, readDecision, validateDecision } from '@/lib/decisions/decide.server.ts';
import { readDecisionMoments } from '@/lib/decisions/read-moments.server.ts';
import { markAttendance } from '@/lib/live/attendance.server.ts';
import { readNotes, writeNote } from '@/lib/notes/notes.server.ts';
import { listPolls } from '@/lib/polls/list-polls.server.ts';
import { newSession } from '../setup/boards.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let sessionId: string;
let itemId: string;
let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

const write = (actor: World['actors']['chair'], field: 'proposal', value: string) =>
  editDecisionDraft(actor, { agendaItemId: itemId, field, value, baseVersion: 0 });

describe('a case without a record', () => {
  const gone = { code: 'not_found' };
  /** The case is CLB's, so that nobody of IGR reads it but by the session. */
  beforeEach(async () => {
    const session = await newSession(world, 'ALPHA');
    sessionId = session.id;
    itemId = session.items[0] ?? '';
    const { id: patientId } = await db().patient.create({
      data: { centreId: world.centres.CLB, familyName: 'Gast', givenName: 'Anna' },
    });
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: itemId } });
    await db().case.update({
      where: { id: caseId },
      data: { centreId: world.centres.CLB, patientId, requesterId: world.actors.radiologist.personId },
    });
  });

  const expectLost = async () => {
    const { chair, secretary, oncologist, radiologist } = world.actors;
    for (const actor of [chair, secretary, oncologist]) {
      await expect(readDecision(actor, itemId)).rejects.toMatchObject(gone);
      await expect(write(actor, 'proposal', 'INRT')).rejects.toMatchObject(gone);
      await expect(listPolls(actor, itemId)).rejects.toMatchObject(gone);
      await expect(readNotes(actor, itemId)).rejects.toMatchObject(gone);
      const note = writeNote(actor, itemId, { shared: true, text: 'x', baseVersion: 0 });
      await expect(note).rejects.toMatchObject(gone);
    }
    const validation = validateDecision(chair, itemId, { reason: '', version: 1 });
    await expect(validation).rejects.toMatchObject(gone);
    expect((await readDecision(radiologist, itemId)).may).toMatchObject({ write: false, validate: false });
  };

  test('is lost from sight with its decision, notes and polls when it leaves the agenda', async () => {
    const { chair, secretary, oncologist } = world.actors;
    await writeNote(oncologist, itemId, { shared: true, text: 'Look', baseVersion: 0 });
    await readDecision(oncologist, itemId);
    await write(chair, 'proposal', 'INRT');
    await editAgendaItem(secretary, sessionId, itemId, { removed: true });
    await expectLost();
  });

  test('is lost from sight while the session is cancelled, and comes back with it', async () => {
    const { chair, secretary } = world.actors;
    await setCancelled(secretary, sessionId, true);
    try {
      await expectLost();
    } finally {
      await setCancelled(secretary, sessionId, false);
    }
    await readDecision(chair, itemId);
    await readNotes(chair, itemId);
  });

  test('tells the audit of its own centre, beside the host’s, what was done with it', async () => {
    const { chair } = world.actors;
    await write(chair, 'proposal', 'INRT');
    await readDecision(chair, itemId);
    await listPolls(chair, itemId);
    await readNotes(chair, itemId);
    await writeNote(chair, itemId, { shared: false, text: 'x', baseVersion: 0 });
    await markAttendance(itemId, world.centres.IGR, [chair]);
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: itemId } });
    for (const action of [
      'decision.edit',
      'decision.read',
      'poll.list',
      'note.read',
      'note.edit',
      'attendance.mark',
    ]) {
      const rows = await db().auditEvent.findMany({ where: { action, caseId } });
      expect(rows.map(({ centreId }) => centreId).sort(), action).toEqual(
        [world.centres.IGR, world.centres.CLB].sort(),
      );
    }
    const moments = (await readDecisionMoments(sessionId)).filter((one) => one.itemId === itemId);
    expect(moments.map(({ field }) => field)).toEqual(['proposal']);
  });
});
