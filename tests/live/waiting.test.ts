import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setCancelled, setInvited } from '@/lib/boards/schedule-session.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { WaitingClient } from '@/lib/live/waiting/client.ts';
import { listWaiting, readWaitingRoom } from '@/lib/live/waiting/read.server.ts';
import { type Person, refusalOf, setStage, startLive, type Tab, until } from './support.ts';

const stage = setStage();
const idOf = (who: Person) => stage.actors[who].personId;
const names = async () =>
  (await listWaiting(stage.actors.chair, stage.session.id)).map(({ displayName }) => displayName);

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** Somebody at the door, whether or not they may stand there. */
async function stand(who: Person): Promise<WaitingClient> {
  const token = await stage.doors.token(stage.actors[who]);
  const client = new WaitingClient({ url: stage.server.origin, sessionId: stage.session.id, token });
  open.push(client);
  return client;
}

async function waits(who: Person): Promise<WaitingClient> {
  const client = await stand(who);
  await until(() => expect(client.state.doing).toBe('waiting'));
  return client;
}

const auditOf = (action: string) =>
  db().auditEvent.count({ where: { resourceId: stage.session.id, action } });

const admit = (tab: Tab, who: Person, observer = false) =>
  tab.decide({ type: 'waiting.admit', personId: idOf(who), observer });

describe('who may wait', () => {
  test('G8: clinicians and physicists of a centre that takes part, and whoever asks about a case', async () => {
    for (const who of ['radiologist', 'physicist'] as const) await waits(who);
    const { id: caseId } = await createCase(stage.actors.referrer, {
      centreId: stage.world.centres.CTY,
      patient: { familyName: 'Roy', givenName: 'Luc', birthDate: null, sex: 'M', identifier: '' },
      reason: 'Sarcoma',
      question: 'Operable?',
      diagnosis: '',
      stage: '',
      history: '',
    });
    const early = await stand('referrer');
    await until(() => expect(early.state).toMatchObject({ doing: 'ended', code: 'not_found' }));
    await db().agendaItem.create({ data: { sessionId: stage.session.id, caseId, position: 3 } });
    await waits('referrer');
    expect(await names()).toEqual([
      stage.actors.radiologist.displayName,
      stage.actors.physicist.displayName,
      stage.actors.referrer.displayName,
    ]);
  });

  test.each<[Person, string]>([
    ['outsider', 'of a centre that takes no part'],
    ['admin', 'without a clinical role'],
    ['referrer', 'who asks about nothing there'],
  ])('G8: %s (%s) is told that there is no such session', async (who) => {
    const client = await stand(who);
    await until(() => expect(client.state).toMatchObject({ doing: 'ended', code: 'not_found' }));
    await expect(readWaitingRoom(stage.actors[who], stage.session.id)).rejects.toThrow('not_found');
    expect(await names()).toEqual([]);
  });

  test('G8: a cancelled session has no door', async () => {
    const waiting = await waits('radiologist');
    await setCancelled(stage.actors.secretary, stage.session.id, true);
    await until(() => expect(waiting.state).toMatchObject({ code: 'live_session_cancelled' }));
  });
});

describe('at the door', () => {
  test('G9: one hears nothing of the room, and sees no patient', async () => {
    const { chair } = await stage.meeting();
    const token = await stage.doors.token(stage.actors.radiologist);
    const greeting = { sessionId: stage.session.id, protocol: PROTOCOL_VERSION, token };
    const inRoom = stage.doors.raw(stage.server.origin, greeting);
    expect(await refusalOf(inRoom)).toBe('not_found');
    const atDoor = stage.doors.raw(`${stage.server.origin}/waiting`, greeting);
    const heard: [string, unknown][] = [];
    atDoor.onAny((type: string, content: unknown) => heard.push([type, content]));
    await until(() => expect(heard).toEqual([['state', { doing: 'waiting' }]]));
    // Whatever it says there, it says to nobody.
    for (const [type, message] of [
      ['resync', 0],
      ['view', {}],
      ['command', { type: 'control.take' }],
    ] as const)
      (atDoor as unknown as { emit: (type: string, message: unknown) => void }).emit(type, message);
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await chair.decide({ type: 'hand.raise' });
    await admit(chair, 'radiologist');
    await until(() => expect(heard.at(-1)).toEqual(['state', { doing: 'admitted' }]));
    expect(heard).toHaveLength(2);
    const shown = JSON.stringify(await readWaitingRoom(stage.actors.radiologist, stage.session.id));
    expect(shown).toContain('Hodgkin');
    for (const word of ['Durand', 'Petit', 'nodes']) expect(shown).not.toContain(word);
  });

  test('G9: those who may invite see who waits, others do not', async () => {
    await waits('radiologist');
    const [waiting] = await listWaiting(stage.actors.secretary, stage.session.id);
    expect(waiting).toMatchObject({ centreCode: 'CLB', role: 'clinician', specialty: 'radiology' });
    await expect(listWaiting(stage.actors.oncologist, stage.session.id)).rejects.toThrow('forbidden');
    await expect(listWaiting(stage.actors.radiologist, stage.session.id)).rejects.toThrow('not_found');
  });

  test('G9: the room hears that the list has changed, not of whom', async () => {
    const { chair, nuclear } = await stage.meeting();
    const client = await waits('radiologist');
    for (const tab of [chair, nuclear])
      await until(() => expect(tab.notices).toContainEqual({ type: 'waiting.changed' }));
    client.close();
    await until(async () => expect(await names()).toEqual([]));
    expect([await auditOf('waiting.ask'), await auditOf('waiting.leave')]).toEqual([1, 1]);
  });

  test('G9: several tabs are one person, who waits until the last is closed', async () => {
    const [one, other] = [await waits('radiologist'), await waits('radiologist')];
    expect(await names()).toHaveLength(1);
    one.close();
    await waits('physicist');
    expect(await names()).toHaveLength(2);
    other.close();
    await until(async () => expect(await names()).toEqual([stage.actors.physicist.displayName]));
  });

  test('G9: whoever is not seen any more, because their process has died, waits no more', async () => {
    const long = new Date(Date.now() - 60_000);
    await db().sessionWaiting.create({
      data: { sessionId: stage.session.id, personId: idOf('radiologist'), since: long, seenAt: long },
    });
    expect(await names()).toEqual([]);
  });
});

describe('an answer', () => {
  let chair: Tab;
  let nuclear: Tab;
  beforeEach(async () => {
    ({ chair, nuclear } = await stage.meeting());
  });

  test('G10: admitted is invited: stored, audited, told, and in the room at once', async () => {
    const client = await waits('radiologist');
    expect(await admit(chair, 'radiologist')).toEqual({ ok: true, seq: 2 });
    await until(() => expect(client.state.doing).toBe('admitted'));
    const tab = await stage.enter('radiologist');
    await until(() => expect(chair.room.participants).toHaveLength(4));
    expect(tab.room.currentItemId).toBe(stage.session.items[0]);
    await until(() => expect(nuclear.events.at(-1)).toMatchObject({ type: 'waiting.admit', seq: 2 }));
    const key = { sessionId_personId: { sessionId: stage.session.id, personId: idOf('radiologist') } };
    expect(await db().sessionParticipant.findUnique({ where: key })).not.toBeNull();
    expect(await names()).toEqual([]);
    expect([await auditOf('room.waiting.admit'), await auditOf('session.invite')]).toEqual([1, 1]);
    expect(await admit(chair, 'radiologist')).toEqual({ ok: true, seq: 2 });
  });

  test('G10: admitted as an observer one looks on, also after a restart', async () => {
    await waits('radiologist');
    await admit(chair, 'radiologist', true);
    const { port } = stage.server;
    await stage.server.stop();
    stage.server = await startLive({ port });
    const tab = await stage.enter('radiologist');
    expect(tab.room.observers).toEqual([idOf('radiologist')]);
    expect(await tab.decide({ type: 'control.request' })).toEqual({ ok: false, code: 'live_observer' });
  });

  test('G10: the hosting centre’s secretary lets in as well; a presenter, and anybody else, does not', async () => {
    await waits('radiologist');
    await chair.decide({ type: 'control.give', to: idOf('nuclear') });
    expect(await admit(nuclear, 'radiologist')).toEqual({ ok: false, code: 'forbidden' });
    expect(await nuclear.decide({ type: 'waiting.decline', personId: idOf('radiologist') })).toEqual({
      ok: false,
      code: 'forbidden',
    });
    expect(await names()).toHaveLength(1);
    const secretary = await stage.enter('secretary');
    expect(await admit(secretary, 'radiologist')).toMatchObject({ ok: true });
    await stage.enter('radiologist');
  });

  test('G10: only who waits, and may, is let in', async () => {
    expect(await admit(chair, 'outsider')).toEqual({ ok: false, code: 'state_conflict' });
    await waits('radiologist');
    await db().membership.updateMany({ where: { personId: idOf('radiologist') }, data: { role: 'admin' } });
    expect(await admit(chair, 'radiologist')).toEqual({ ok: false, code: 'state_conflict' });
    await db().membership.updateMany({
      where: { personId: idOf('radiologist') },
      data: { role: 'clinician' },
    });
  });

  test('G10: who is invited meanwhile comes in as well', async () => {
    const client = await waits('physicist');
    await setInvited(stage.actors.secretary, stage.session.id, idOf('physicist'), true);
    await until(() => expect(client.state.doing).toBe('admitted'));
    expect(await names()).toEqual([]);
  });

  test('G11: declined, one is told so, and may ask again after a moment, by whatever tab', async () => {
    const client = await waits('radiologist');
    expect(await chair.decide({ type: 'waiting.decline', personId: idOf('radiologist') })).toMatchObject({
      ok: true,
    });
    await until(() => expect(client.state).toMatchObject({ doing: 'declined', mayAsk: false }));
    expect(await names()).toEqual([]);
    expect(await admit(chair, 'radiologist')).toEqual({ ok: false, code: 'state_conflict' });
    await until(() => expect(nuclear.events.at(-1)).toMatchObject({ type: 'waiting.decline' }));
    expect(JSON.stringify(nuclear.events)).not.toContain(idOf('radiologist'));
    const other = await stand('radiologist');
    await until(() => expect(other.state.doing).toBe('declined'));
    client.ask();
    client.ask();
    expect(await names()).toEqual([]);
    await db().$executeRaw`UPDATE "SessionWaiting" SET "declinedAt" = now() - interval '61 seconds'`;
    client.ask();
    for (const tab of [client, other]) await until(() => expect(tab.state.doing).toBe('waiting'));
    expect(await names()).toHaveLength(1);
    const details = await db().auditEvent.findFirst({ where: { action: 'room.waiting.decline' } });
    expect(details?.details).toMatchObject({ person: idOf('radiologist') });
  });
});

test('G8: what is taken off the agenda takes its doctors from the door', async () => {
  await stage.enter('chair');
  const { id: caseId } = await createCase(stage.actors.referrer, {
    centreId: stage.world.centres.CTY,
    patient: { familyName: 'Noir', givenName: 'Luc', birthDate: null, sex: 'M', identifier: '' },
    reason: 'Sarcoma',
    question: 'Operable?',
    diagnosis: '',
    stage: '',
    history: '',
  });
  const item = await db().agendaItem.create({
    data: { sessionId: stage.session.id, caseId, position: 3 },
  });
  const client = await waits('referrer');
  await db().agendaItem.update({ where: { id: item.id }, data: { removedAt: new Date() } });
  notify(stage.session.id, { type: 'agenda.changed', version: 9 });
  await until(() => expect(client.state).toMatchObject({ doing: 'ended', code: 'not_found' }));
});
