import { describe, expect, test } from 'vitest';
import { editAgendaItem, scheduleCase } from '@/lib/boards/agenda.server.ts';
import { editSession } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { roomColours } from '@/lib/live/colours.ts';
import { notify } from '@/lib/live/notify.server.ts';
import type { Snapshot } from '@/lib/live/protocol.ts';
import { createTestSession, setStage, until, viewAt } from './support.ts';

const stage = setStage();

const auditRows = (action: string, resourceId: string) =>
  db().auditEvent.findMany({ where: { action, resourceId }, orderBy: { id: 'asc' } });

describe('who is there', () => {
  test('A1: each person once, however many tabs, as the server knows them', async () => {
    const chair = await stage.enter('chair');
    const nuclear = await stage.enter('nuclear');
    const other = await stage.enter('nuclear');
    await until(() => expect(chair.room.participants).toHaveLength(2));
    expect(other.room.participants.find((one) => one.personId === other.state.me)).toMatchObject({
      displayName: 'Dr Nadia Benali',
      centreCode: 'CLB',
      specialty: 'nuclear_medicine',
      role: 'clinician',
    });
    nuclear.client.close();
    const surgeon = await stage.enter('surgeon');
    await until(() => expect(chair.room.participants).toHaveLength(3));
    other.client.close();
    for (const tab of [chair, surgeon])
      await until(() =>
        expect(tab.room.participants.map((one) => one.personId).sort()).toEqual(
          [stage.actors.chair.personId, stage.actors.surgeon.personId].sort(),
        ),
      );
  });

  test('A2: in colours that all see alike, and no two the same', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const colours = (tab: typeof chair) =>
      Object.fromEntries(tab.room.participants.map((one) => [one.personId, one.colour]));
    expect(colours(oncologist)).toEqual(colours(chair));
    expect(colours(nuclear)).toEqual(colours(chair));
    expect(new Set(Object.values(colours(chair))).size).toBe(3);
    for (const colour of Object.values(colours(chair))) expect(roomColours).toContain(colour);
  });

  test('A3: the first tab’s coming and the last one’s going are audited', async () => {
    const nuclear = await stage.enter('nuclear');
    const other = await stage.enter('nuclear');
    nuclear.client.close();
    other.client.close();
    await until(async () => expect(await auditRows('room.leave', stage.session.id)).toHaveLength(1));
    const who = { actorId: stage.actors.nuclear.personId, door: 'live', centreId: stage.world.centres.IGR };
    expect(await auditRows('room.join', stage.session.id)).toMatchObject([who]);
    expect(await auditRows('room.leave', stage.session.id)).toMatchObject([who]);
  });

  test('A4: attendance is of those who were there while the case was open', async () => {
    const [first, second] = stage.session.items;
    const attended = async (agendaItemId: string) => {
      const marks = await db().attendanceMark.findMany({ where: { agendaItemId } });
      return marks.map((mark) => mark.personId).sort();
    };
    const ids = (...who: (keyof typeof stage.actors)[]) =>
      who.map((one) => stage.actors[one].personId).sort();
    const { chair, oncologist, nuclear } = await stage.meeting();
    await until(async () => expect(await attended(first)).toEqual(ids('chair', 'oncologist', 'nuclear')));
    oncologist.client.close();
    await until(() => expect(chair.room.participants).toHaveLength(2));
    await chair.decide({ type: 'item.open', itemId: second });
    await until(async () => expect(await attended(second)).toEqual(ids('chair', 'nuclear')));
    await stage.enter('surgeon');
    await until(async () => expect(await attended(second)).toEqual(ids('chair', 'nuclear', 'surgeon')));
    expect(await attended(first)).toEqual(ids('chair', 'oncologist', 'nuclear'));
    const key = { agendaItemId: first, personId: nuclear.state.me ?? '' };
    const mark = await db().attendanceMark.findUniqueOrThrow({ where: { agendaItemId_personId: key } });
    expect(mark.lastSeenAt > mark.firstSeenAt, 'seen until the next case').toBe(true);
    expect(await auditRows('attendance.mark', first)).toHaveLength(3);
    expect(await auditRows('attendance.mark', second)).toHaveLength(3);
  });
});

describe('a late joiner', () => {
  test('S1: sees at once what all others see', async () => {
    const { chair, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'control.request' });
    chair.client.moved(viewAt(12));
    nuclear.client.point({
      viewportId: 'v1',
      seriesUid: '1.2',
      frameOfReferenceUid: null,
      mm: [1, 2, 3],
    });
    await until(() => expect(chair.room.pointers).not.toEqual({}));
    await until(() => expect(nuclear.z).toBe(12));
    const surgeon = await stage.enter('surgeon');
    expect(surgeon.z).toBe(12);
    expect(surgeon.state).toMatchObject({ me: stage.actors.surgeon.personId, following: true });
    const { participants, ...rest } = surgeon.room;
    expect(participants.map((one) => one.displayName)).toHaveLength(4);
    await until(() => expect(chair.room.participants).toEqual(participants));
    // A chair that was never told otherwise presents: on this side the name is written out.
    expect({ ...chair.room, givenTo: chair.room.chairId }).toMatchObject(rest);
  });

  test('S2: gets the events after the last that they have', async () => {
    const { chair } = await stage.meeting();
    const [first, second] = stage.session.items;
    for (const itemId of [second, first, second, first]) await chair.decide({ type: 'item.open', itemId });
    const greeting = await stage.doors.greeting(stage.session.id, stage.actors.surgeon);
    const socket = stage.doors.raw(stage.server.origin, { ...greeting, lastSeq: 3 });
    const snapshot = await new Promise<Snapshot>((resolve) => socket.once('snapshot', resolve));
    expect(snapshot.events.map((event) => event.seq)).toEqual([4, 5]);
    expect(snapshot.lastSeq).toBe(5);
  });
});

describe('notices', () => {
  test('N1: what was committed elsewhere is heard in this session’s room, and in no other', async () => {
    const { chair, nuclear } = await stage.meeting();
    const elsewhere = await createTestSession(stage.world, stage.board);
    const other = await stage.doors.tab(stage.server.origin, elsewhere.id, stage.actors.chair);
    await until(() => expect(other.state.connection).toBe('live'));
    const { secretary } = stage.actors;
    const { id, items } = stage.session;
    const edited = await editAgendaItem(secretary, id, items[1], { plannedMinutes: 25 });
    await editSession(secretary, id, { version: 1, place: 'Room 3' });
    const decision = {
      type: 'decision.changed',
      agendaItemId: items[0],
      decisionId: items[0],
      version: 2,
      field: 'proposal',
      by: secretary.personId,
      byName: secretary.displayName,
    } as const;
    notify(id, decision);
    for (const tab of [chair, nuclear]) {
      await until(() => expect(tab.notices).toHaveLength(3));
      expect(tab.notices).toContainEqual({ type: 'agenda.changed', version: edited.agendaVersion });
      expect(tab.notices).toContainEqual({ type: 'session.changed' });
      expect(tab.notices).toContainEqual(decision);
      expect(tab.room.agendaVersion).toBe(edited.agendaVersion);
    }
    expect(other.notices).toEqual([]);
  });

  test('N2: the next snapshot has the agenda’s version, whatever notice was lost', async () => {
    const chair = await stage.enter('chair');
    const before = chair.room.agendaVersion;
    await db().boardSession.update({
      where: { id: stage.session.id },
      data: { agendaVersion: { increment: 5 } },
    });
    expect((await stage.enter('nuclear')).room.agendaVersion).toBe(before + 5);
    notify(stage.session.id, { type: 'agenda.changed', version: before + 1 });
    expect((await stage.enter('surgeon')).room.agendaVersion).toBe(before + 5);
    // Whoever was there is told by what somebody’s knock has found, and not of what is older.
    await until(() => expect(chair.notices).toEqual([{ type: 'agenda.changed', version: before + 5 }]));
    expect(chair.room.agendaVersion).toBe(before + 5);
  });

  test('N1: nobody needs to be in the room for a use case to work', async () => {
    const session = await createTestSession(stage.world, stage.board);
    const { secretary } = stage.actors;
    await editAgendaItem(secretary, session.id, session.items[0], { removed: true });
    const again = { caseId: stage.board.cases[0], plannedMinutes: 5 };
    await expect(scheduleCase(secretary, session.id, again)).resolves.toBeDefined();
  });
});
