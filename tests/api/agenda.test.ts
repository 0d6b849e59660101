import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AuthenticatedActor, loadActor } from '@/lib/auth/actor.server.ts';
import { editAgendaItem, reorderAgenda, scheduleCase } from '@/lib/boards/agenda.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import { setCancelled } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { agendaOf, newCase, newSession } from '../setup/boards.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

describe('the agenda', () => {
  test('is ordered, and a case is on it once', async () => {
    const { secretary, chair } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO', 'CHARLIE');
    const [a, b, c] = items as [string, string, string];
    const { agendaVersion } = await readSession(secretary, id);
    await reorderAgenda(chair, id, { agendaVersion, itemIds: [c, a, b] });
    expect(await agendaOf(secretary, id)).toEqual(['CHARLIE', 'ALPHA', 'BRAVO']);
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: a } });
    const twice = scheduleCase(secretary, id, { caseId, plannedMinutes: 10 });
    await expect(twice).rejects.toMatchObject({ code: 'already_exists' });
  });

  test('an order made on an older agenda is refused with the order that stands now', async () => {
    const { secretary, chair } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO', 'CHARLIE');
    const [a, b, c] = items as [string, string, string];
    const { agendaVersion } = await readSession(secretary, id);
    await reorderAgenda(chair, id, { agendaVersion, itemIds: [b, a, c] });
    const late = reorderAgenda(secretary, id, { agendaVersion, itemIds: [c, b, a] });
    await expect(late).rejects.toMatchObject({
      code: 'version_conflict',
      current: { agendaVersion: agendaVersion + 1, itemIds: [b, a, c] },
    });
    expect(await agendaOf(secretary, id)).toEqual(['BRAVO', 'ALPHA', 'CHARLIE']);
  });

  test('of two orders sent at the same moment one is taken, the other one told', async () => {
    const { secretary, chair } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO');
    const { agendaVersion } = await readSession(secretary, id);
    const order = { agendaVersion, itemIds: items.toReversed() };
    const results = await Promise.allSettled([
      reorderAgenda(secretary, id, order),
      reorderAgenda(chair, id, order),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an order that forgets an item, or knows a foreign one, is no order of this agenda', async () => {
    const { secretary } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO');
    const other = await newSession(world, 'FOREIGN');
    const { agendaVersion } = await readSession(secretary, id);
    for (const itemIds of [items.slice(1), [...items.slice(1), ...other.items]])
      await expect(reorderAgenda(secretary, id, { agendaVersion, itemIds })).rejects.toMatchObject({
        code: 'version_conflict',
      });
  });

  test('a removed item comes back at its place, with its minutes', async () => {
    const { secretary } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO', 'CHARLIE');
    const bravo = items[1] ?? '';
    await editAgendaItem(secretary, id, bravo, { plannedMinutes: 25 });
    await editAgendaItem(secretary, id, bravo, { removed: true });
    expect(await agendaOf(secretary, id)).toEqual(['ALPHA', 'CHARLIE']);
    await editAgendaItem(secretary, id, bravo, { removed: false });
    expect((await readSession(secretary, id)).agenda[1]).toMatchObject({ id: bravo, plannedMinutes: 25 });
  });

  test('the case that the room is discussing cannot be removed; the others can', async () => {
    const { secretary } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA', 'BRAVO');
    const [discussed, other] = items as [string, string];
    await db().roomState.create({ data: { sessionId: id, currentItemId: discussed } });
    const removal = editAgendaItem(secretary, id, discussed, { removed: true });
    await expect(removal).rejects.toMatchObject({ code: 'item_being_discussed' });
    expect(await agendaOf(secretary, id)).toEqual(['ALPHA', 'BRAVO']);
    await editAgendaItem(secretary, id, other, { removed: true });
    expect(await agendaOf(secretary, id)).toEqual(['ALPHA']);
  });

  describe('with a case of another centre', () => {
    let session: Awaited<ReturnType<typeof newSession>>;
    let item: string;
    let caseId: string;
    let clb: AuthenticatedActor;
    beforeEach(async () => {
      session = await newSession(world, 'ALPHA');
      // A secretary of CLB whom the host made chair of this session.
      const person = await db().person.create({
        data: {
          email: `${session.id}@example.org`,
          displayName: 'Secretary of CLB',
          memberships: { create: { centreId: world.centres.CLB, role: 'secretary' } },
        },
      });
      clb = await loadActor(person.id, 'web');
      await db().boardSession.update({ where: { id: session.id }, data: { chairId: clb.personId } });
      caseId = await newCase(clb, 'GUEST');
      item = (await scheduleCase(clb, session.id, { caseId, plannedMinutes: 10 })).id;
      await db().boardSession.update({
        where: { id: session.id },
        data: { chairId: world.actors.chair.personId },
      });
    });
    const centresOf = async (action: string, where: { resourceId?: string; caseId?: string }) =>
      (await db().auditEvent.findMany({ where: { action, ...where }, orderBy: { id: 'asc' } })).map(
        (row) => row.centreId,
      );

    test('is taken off by those who may share the case, and brought back by them alone', async () => {
      const { secretary, outsider, radiologist } = world.actors;
      await expect(editAgendaItem(outsider, session.id, item, { removed: true })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(
        editAgendaItem(radiologist, session.id, item, { removed: true, plannedMinutes: 5 }),
      ).rejects.toMatchObject({ code: 'not_found' });
      const { agenda } = await readSession(secretary, session.id);
      expect(agenda.map(({ mayRestore }) => mayRestore)).toEqual([true, false]);
      await editAgendaItem(radiologist, session.id, item, { removed: true });
      expect(await agendaOf(secretary, session.id)).toEqual(['ALPHA']);
      await expect(editAgendaItem(secretary, session.id, item, { removed: false })).rejects.toMatchObject({
        code: 'forbidden',
      });
      expect(await agendaOf(secretary, session.id)).toEqual(['ALPHA']);
    });

    test('stands in both centres’ audit: put there, read, taken off', async () => {
      const { chair, secretary } = world.actors;
      const { IGR, CLB } = world.centres;
      await readSession(chair, session.id);
      await editAgendaItem(secretary, session.id, item, { removed: true });
      expect(await centresOf('agenda.add', { caseId })).toEqual([CLB, IGR]);
      expect(await centresOf('agenda.remove', { caseId })).toEqual([CLB, IGR]);
      expect(await centresOf('session.read', { resourceId: session.id })).toEqual([IGR, CLB]);
      const { patientId } = await db().case.findUniqueOrThrow({ where: { id: caseId } });
      const [row] = await db().auditEvent.findMany({
        where: { action: 'session.read', centreId: CLB, caseId },
      });
      expect(row).toMatchObject({ resourceId: session.id, patientId });
    });
  });

  test('a cancelled session shows its agenda to its editors alone', async () => {
    const { secretary, chair, nuclear } = world.actors;
    const { id } = await newSession(world, 'ALPHA');
    expect(await agendaOf(nuclear, id)).toEqual(['ALPHA']);
    await setCancelled(secretary, id, true);
    expect(await agendaOf(nuclear, id)).toEqual([]);
    expect(await agendaOf(chair, id)).toEqual(['ALPHA']);
    await setCancelled(secretary, id, false);
    expect(await agendaOf(nuclear, id)).toEqual(['ALPHA']);
  });

  test('every change raises its version by one', async () => {
    const { secretary } = world.actors;
    const { id, items } = await newSession(world, 'ALPHA');
    const before = (await readSession(secretary, id)).agendaVersion;
    const edited = await editAgendaItem(secretary, id, items[0] ?? '', { plannedMinutes: 5 });
    expect(edited.agendaVersion).toBe(before + 1);
    expect((await readSession(secretary, id)).agendaVersion).toBe(before + 1);
  });

  test('a referring doctor cannot put a case on an agenda that is not theirs to edit', async () => {
    const { referrer } = world.actors;
    const { id } = await newSession(world);
    const caseId = await newCase(referrer, 'DELTA');
    const attempt = scheduleCase(referrer, id, { caseId, plannedMinutes: 10 });
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
  });
});
