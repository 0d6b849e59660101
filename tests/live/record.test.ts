import { describe, expect, test } from 'vitest';
import { editAgendaItem, scheduleCase } from '@/lib/boards/agenda.server.ts';
import { setCancelled } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { readBookmark } from '@/lib/decisions/bookmarks.server.ts';
import { editDecisionDraft, readDecision, validateDecision } from '@/lib/decisions/decide.server.ts';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import { readBlock } from '@/lib/live/record/block.ts';
import { readRecord } from '@/lib/live/record/read-record.server.ts';
import { purgeRecords, setRecordRetention } from '@/lib/live/record/retention.server.ts';
import { loadRecordBlocks } from '@/lib/live/record/store.server.ts';
import { Timeline } from '@/lib/live/record/timeline.ts';
import { newCase } from '../setup/boards.ts';
import { setStage, startLive, until } from './support.ts';
import { viewAt } from './view-at.ts';

const stage = setStage();

/** Where the recorded views are along the patient, in the order of their times. */
async function recorded(): Promise<(number | undefined)[]> {
  const blocks = await loadRecordBlocks(stage.session.id);
  return blocks
    .flatMap(({ block }) => readBlock(block))
    .flatMap((entry) => (entry.kind === 'view' ? [entry.view.view.viewports[0]?.focalMm?.[2]] : []));
}

describe('the record', () => {
  test('Q1, Q5: a session is recorded, over a restart too, with a gap between', async () => {
    const { chair, nuclear } = await stage.meeting();
    expect(nuclear.room.recording).toBe(true);
    chair.client.moved(viewAt(10));
    chair.client.moved(viewAt(20));
    await until(async () => expect(await recorded()).toContain(20));
    await stage.server.stop();
    stage.server = await startLive({ port: stage.server.port });
    await until(() => expect(chair.state.connection).toBe('live'));
    chair.client.moved(viewAt(30));
    await until(async () => expect((await recorded()).at(-1)).toBe(30));
    const spans = new Set((await loadRecordBlocks(stage.session.id)).map(({ spanId }) => spanId));
    expect(spans.size).toBe(2);
  });

  test('Q2: the chair alone switches it, for everybody, audited', async () => {
    const { chair, nuclear } = await stage.meeting();
    expect(await nuclear.decide({ type: 'record.set', on: false })).toEqual({ ok: false, code: 'forbidden' });
    expect(await chair.decide({ type: 'record.set', on: false })).toMatchObject({ ok: true });
    await until(() => expect(nuclear.room.recording).toBe(false));
    const later = await stage.enter('surgeon');
    expect(later.room.recording).toBe(false);
    const rows = await db().auditEvent.findMany({ where: { action: 'room.record.set' } });
    expect(rows.at(-1)?.details).toMatchObject({ on: false });
  });

  test('Q3: while it is off no view is stored', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(10));
    await until(async () => expect(await recorded()).toEqual([10]));
    await chair.decide({ type: 'record.set', on: false });
    chair.client.moved(viewAt(66));
    await until(() => expect(nuclear.z).toBe(66));
    chair.client.moved(viewAt(77));
    await until(() => expect(nuclear.z).toBe(77));
    await chair.decide({ type: 'record.set', on: true });
    await until(async () => expect(await recorded()).toEqual([10, 77]));
  });

  test('Q6: anybody marks a moment, while it is recorded; everybody is told the words, the audit is not', async () => {
    const { chair, nuclear } = await stage.meeting();
    expect(await nuclear.decide({ type: 'record.mark', text: 'the node' })).toMatchObject({ ok: true });
    await until(() => expect(chair.events.at(-1)).toMatchObject({ type: 'record.mark', text: 'the node' }));
    const row = await db().auditEvent.findFirstOrThrow({ where: { action: 'room.record.mark' } });
    expect(JSON.stringify(row.details)).not.toContain('node');
    await chair.decide({ type: 'record.set', on: false });
    expect(await nuclear.decide({ type: 'record.mark', text: '' })).toEqual({
      ok: false,
      code: 'live_not_recorded',
    });
  });

  test('Q7, Q9: is replayed by whoever may join, audited; what a follower saw last is seen last', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(10));
    await until(() => expect(nuclear.z).toBe(10));
    chair.client.moved(viewAt(40));
    await until(() => expect(nuclear.z).toBe(40));
    await until(async () => expect((await recorded()).at(-1)).toBe(40));
    const record = await readRecord(stage.actors.nuclear, stage.session.id);
    const timeline = new Timeline(record);
    const last = timeline.shownAt(timeline.lengthMs);
    expect(last.view).toEqual(nuclear.views.at(-1));
    expect(record.items.map(({ id }) => id)).toEqual(stage.session.items);
    const { resourceId } = await db().auditEvent.findFirstOrThrow({ where: { action: 'record.open' } });
    expect(resourceId).toBe(stage.session.id);
    await expect(readRecord(stage.actors.outsider, stage.session.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await db().sessionParticipant.deleteMany({
      where: { sessionId: stage.session.id, personId: stage.actors.nuclear.personId },
    });
    await expect(readRecord(stage.actors.nuclear, stage.session.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('Q7: names no case that was removed before it was opened, nor anything of a cancelled session', async () => {
    const { chair } = await stage.meeting();
    const { actors, session } = stage;
    const [opened, other] = session.items;
    await chair.decide({ type: 'item.open', itemId: other });
    await until(() => expect(chair.room.currentItemId).toBe(other));
    const { id: added } = await scheduleCase(actors.secretary, session.id, {
      caseId: await newCase(actors.secretary, 'Never'),
      plannedMinutes: 5,
    });
    for (const item of [opened, added])
      await editAgendaItem(actors.secretary, session.id, item, { removed: true });
    const record = await readRecord(actors.nuclear, session.id);
    expect(record.items.map(({ id }) => id).sort()).toEqual([...session.items].sort());
    expect(JSON.stringify(record)).not.toContain('Never');
    await setCancelled(actors.secretary, session.id, true);
    await expect(readRecord(actors.nuclear, session.id)).rejects.toMatchObject({
      code: 'live_session_cancelled',
    });
    expect((await readRecord(actors.chair, session.id)).items).toHaveLength(2);
  });

  test('Q7: is told to the centre of a guest’s case too', async () => {
    const { actors, session, world } = stage;
    const { caseId } = await db().agendaItem.findUniqueOrThrow({ where: { id: session.items[0] } });
    const guest = await newCase(actors.radiologist, 'Guest');
    await db().agendaItem.update({ where: { id: session.items[0] }, data: { caseId: guest } });
    const { chair } = await stage.meeting();
    await readRecord(actors.chair, session.id);
    const rows = await db().auditEvent.findMany({
      where: { action: { in: ['record.open', 'room.item.open'] }, resourceId: session.id, caseId: guest },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ action, centreId }) => [action, centreId])).toEqual([
      ['room.item.open', world.centres.CLB],
      ['room.item.open', world.centres.IGR],
      ['record.open', world.centres.CLB],
    ]);
    expect(chair.room.currentItemId).toBe(session.items[0]);
    await db().agendaItem.update({ where: { id: session.items[0] }, data: { caseId } });
  });

  test('Q9: knows when its decisions were written and validated, and by whom', async () => {
    const { chair } = await stage.meeting();
    const { actors, session } = stage;
    const agendaItemId = session.items[0] ?? '';
    chair.client.moved(viewAt(10));
    await until(async () => expect(await recorded()).toEqual([10]));
    const written = [
      ['diagnosis', 'Hodgkin'],
      ['question', 'Nodes?'],
      ['proposal', 'INRT'],
      ['proposal', 'INRT 30 Gy'],
    ] as const;
    for (const [field, value] of written) {
      const { fieldVersions } = await readDecision(actors.chair, agendaItemId);
      const baseVersion = fieldVersions[field] ?? 0;
      await editDecisionDraft(actors.chair, { agendaItemId, field, value, baseVersion });
    }
    const { version } = await readDecision(actors.chair, agendaItemId);
    await validateDecision(actors.chair, agendaItemId, { reason: '', version });
    const { decisions } = await readRecord(actors.nuclear, session.id);
    expect(decisions.map(({ what, field }) => field ?? what)).toEqual([
      'diagnosis',
      'question',
      'proposal',
      'validated',
    ]);
    expect(decisions[0]).toMatchObject({ itemId: agendaItemId, byName: actors.chair.displayName });
    expect(JSON.stringify(decisions)).not.toContain('INRT');
  });

  test('Q8: is deleted when it is older than the centre keeps it, and not before', async () => {
    const { chair } = await stage.meeting();
    chair.client.moved(viewAt(10));
    await until(async () => expect(await recorded()).toEqual([10]));
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await setRecordRetention(stage.actors.admin, stage.world.centres.IGR, 30);
    await purgeRecords(inDays(29));
    expect(await recorded()).toEqual([10]);
    await purgeRecords(inDays(31));
    expect(await recorded()).toEqual([]);
    const purged = { action: 'record.purge', resourceId: stage.session.id };
    expect(await db().auditEvent.count({ where: purged })).toBe(1);
    await expect(setRecordRetention(stage.actors.chair, stage.world.centres.IGR, 1)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('Q6, Q8: the words of a mark go with the record, and are nowhere else; that it was set stays', async () => {
    const { nuclear } = await stage.meeting();
    const { session, actors, world } = stage;
    await setRecordRetention(actors.admin, world.centres.IGR, 90);
    await nuclear.decide({ type: 'record.mark', text: 'the node' });
    await nuclear.decide({ type: 'record.mark', text: '' });
    const marksNow = async () =>
      (await readRecord(actors.chair, session.id)).events
        .filter(({ type }) => type === 'record.mark')
        .map(({ text }) => text);
    expect(await marksNow()).toEqual(['the node', undefined]);
    // Nothing was looked at: the words alone make the session due.
    await db().recordBlock.deleteMany({ where: { sessionId: session.id } });
    await purgeRecords(new Date(Date.now() + 89 * 86_400_000));
    expect(await marksNow()).toEqual(['the node', undefined]);
    await purgeRecords(new Date(Date.now() + 91 * 86_400_000));
    expect(await marksNow()).toEqual([undefined, undefined]);
    const { details } = await db().auditEvent.findFirstOrThrow({
      where: { action: 'record.purge', resourceId: session.id },
    });
    expect(details).toMatchObject({ marks: 1 });
    const lane = await db().roomEvent.findMany({
      where: { sessionId: session.id },
      select: { payload: true },
    });
    expect(JSON.stringify(lane)).not.toContain('the node');
  });

  test('Q10, C18: a bookmark holds what was drawn for everybody at that moment, and nothing later', async () => {
    const { chair, nuclear } = await stage.meeting();
    const { actors, session } = stage;
    const itemId = session.items[0] ?? '';
    chair.client.moved(viewAt(25));
    await until(() => expect(nuclear.z).toBe(25));
    await chair.decide({ type: 'annotation.allow', personId: actors.nuclear.personId });
    await nuclear.decide({ type: 'annotation.put', itemId, drawn: drawnAs('one', 7) });
    const viewSeq = nuclear.views.at(-1)?.seq ?? 0;
    await chair.decide({ type: 'record.bookmark', itemId, field: 'proposal', viewSeq });
    await nuclear.decide({ type: 'annotation.put', itemId, drawn: drawnAs('two', 8) });
    await nuclear.decide({ type: 'annotation.remove', itemId, annotationId: 'one' });
    const { bookmarks, caseId } = await readDecision(actors.chair, itemId);
    const at = { caseId, id: bookmarks[0]?.id ?? '' };
    expect((await readBookmark(actors.chair, at)).annotations).toMatchObject([
      { by: actors.nuclear.personId, author: { name: actors.nuclear.displayName }, drawn: drawnAs('one', 7) },
    ]);
    await db().decisionBookmark.update({ where: { id: at.id }, data: { annotations: [{ by: 'nobody' }] } });
    expect(await readBookmark(actors.chair, at)).toMatchObject({ view: null, annotations: [] });
  });

  test('Q10: a bookmark is the view that the room holds by its number; the decision keeps it', async () => {
    const { chair, nuclear } = await stage.meeting();
    const itemId = stage.session.items[0] ?? '';
    chair.client.moved(viewAt(25));
    await until(() => expect(nuclear.z).toBe(25));
    const viewSeq = nuclear.views.at(-1)?.seq ?? 0;
    const bookmark = { type: 'record.bookmark', itemId, field: 'proposal', viewSeq } as const;
    expect(await nuclear.decide(bookmark)).toEqual({ ok: false, code: 'forbidden' });
    expect(await chair.decide({ ...bookmark, viewSeq: viewSeq + 500 })).toEqual({
      ok: false,
      code: 'state_conflict',
    });
    expect(await chair.decide({ ...bookmark, field: 'none' })).toEqual({ ok: false, code: 'live_malformed' });
    expect(await chair.decide(bookmark)).toMatchObject({ ok: true });
    const { bookmarks, caseId } = await readDecision(stage.actors.nuclear, itemId);
    expect(bookmarks).toMatchObject([{ field: 'proposal', byName: stage.actors.chair.displayName }]);
    const at = { caseId, id: bookmarks[0]?.id ?? '' };
    expect((await readBookmark(stage.actors.nuclear, at)).view).toEqual(nuclear.views.at(-1)?.view);
    await expect(readBookmark(stage.actors.outsider, at)).rejects.toMatchObject({ code: 'not_found' });
    await chair.decide({ type: 'record.set', on: false });
    expect(await chair.decide(bookmark)).toEqual({ ok: false, code: 'live_not_recorded' });
  });
});
