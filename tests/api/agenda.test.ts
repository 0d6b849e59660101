import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editAgendaItem, reorderAgenda, scheduleCase } from '@/lib/boards/agenda.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
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
