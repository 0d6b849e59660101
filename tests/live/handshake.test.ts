import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { describe, expect, test } from 'vitest';
import { setCancelled } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { OLDEST_SERVED, PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { type Person, type RawSocket, refusalOf, setStage, until } from './support.ts';

const stage = setStage();

const isIn = (socket: RawSocket) => new Promise((resolve) => socket.once('snapshot', resolve));

async function cookieOf(who: Person, epoch = 0): Promise<string> {
  const token = await encode({
    token: { sub: stage.actors[who].personId, epoch },
    secret: process.env.NEXTAUTH_SECRET ?? '',
  });
  return `theme=dark; next-auth.session-token=${token}`;
}

describe('the greeting', () => {
  test('H1: that lacks something, or holds what it should not, is refused', async () => {
    const right = await stage.doors.greeting(stage.session.id, stage.actors.chair);
    const { sessionId: _, ...withoutSession } = right;
    const wrong = [
      {},
      withoutSession,
      { ...right, sessionId: '1 OR 1=1' },
      { ...right, protocol: 'latest' },
      { ...right, lastSeq: -1 },
      { ...right, token: { admin: true } },
      { ...right, personId: stage.actors.chair.personId },
    ];
    for (const greeting of wrong)
      expect(await refusalOf(stage.doors.raw(stage.server.origin, greeting)), JSON.stringify(greeting)).toBe(
        'live_malformed',
      );
  });

  test('H2: of another version is refused as such, whatever else it holds', async () => {
    for (const protocol of [PROTOCOL_VERSION + 1, OLDEST_SERVED - 1]) {
      const socket = stage.doors.raw(stage.server.origin, { protocol, room: 'elsewhere' });
      expect(await refusalOf(socket), `version ${protocol}`).toBe('live_protocol_version');
    }
  });
});

describe('who knocks', () => {
  const greeting = () => ({ sessionId: stage.session.id, protocol: PROTOCOL_VERSION });

  test('H3: nobody, and an unknown token, are unauthenticated', async () => {
    const { origin } = stage.server;
    expect(await refusalOf(stage.doors.raw(origin, greeting()))).toBe('unauthenticated');
    const unknown = stage.doors.raw(origin, { ...greeting(), token: 'consilium_unknown' });
    expect(await refusalOf(unknown)).toBe('unauthenticated');
  });

  test('H3: a token that has run out is an ended login', async () => {
    const { id, token } = await createToken(stage.actors.oncologist, { label: 'old', days: 1 });
    await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(0) } });
    const socket = stage.doors.raw(stage.server.origin, { ...greeting(), token });
    expect(await refusalOf(socket)).toBe('session_expired');
  });

  test('H3: the Authorization header or the session cookie tell as well', async () => {
    const authorization = `Bearer ${await stage.doors.token(stage.actors.nuclear)}`;
    await isIn(stage.doors.raw(stage.server.origin, greeting(), { authorization }));
    const cookie = await cookieOf('chair');
    await isIn(stage.doors.raw(stage.server.origin, greeting(), { cookie }));
  });

  test('H3: a cookie of a login that was ended, or that we have not signed, is an ended login', async () => {
    for (const cookie of [await cookieOf('chair', -1), 'next-auth.session-token=forged']) {
      const socket = stage.doors.raw(stage.server.origin, greeting(), { cookie });
      expect(await refusalOf(socket)).toBe('session_expired');
    }
  });

  test('H4: a page of another origin is refused, whatever cookie the browser sends along', async () => {
    const headers = { cookie: await cookieOf('chair'), origin: 'https://elsewhere.example' };
    expect(await refusalOf(stage.doors.raw(stage.server.origin, greeting(), headers))).toBe(
      'websocket error',
    );
    await isIn(stage.doors.raw(stage.server.origin, greeting(), { ...headers, origin: stage.server.origin }));
  });
});

describe('who is let in', () => {
  test.each<[Person, string]>([
    ['outsider', 'invited to nothing'],
    ['radiologist', 'of an invited centre, not invited'],
    ['admin', 'of the hosting centre, without a clinical role'],
    ['referrer', 'not invited'],
  ])('H5: %s (%s) is told that there is no such session, and wakes no room', async (who) => {
    expect(await refusalOf(await stage.knockRaw(who))).toBe('not_found');
    expect(await db().roomState.count({ where: { sessionId: stage.session.id } })).toBe(0);
  });

  test('H5: a session that does not exist is refused the same way', async () => {
    const greeting = await stage.doors.greeting(randomUUID(), stage.actors.chair);
    expect(await refusalOf(stage.doors.raw(stage.server.origin, greeting))).toBe('not_found');
  });

  test('H5: the invited of every centre, and the hosting centre’s secretary, come in', async () => {
    for (const who of ['chair', 'nuclear', 'secretary'] as const) await stage.enterRaw(who);
  });

  test('H6: nobody comes into a cancelled session’s room', async () => {
    await setCancelled(stage.actors.secretary, stage.session.id, true);
    expect(await refusalOf(await stage.knockRaw('chair'))).toBe('live_session_cancelled');
    await setCancelled(stage.actors.secretary, stage.session.id, false);
    await stage.enterRaw('chair');
  });

  test('H7: the database counts at the knock, not what the open room knew', async () => {
    await stage.enterRaw('chair');
    const key = { sessionId: stage.session.id, personId: stage.actors.radiologist.personId };
    await db().sessionParticipant.create({ data: key });
    await stage.enterRaw('radiologist');
    await db().sessionParticipant.delete({ where: { sessionId_personId: key } });
    expect(await refusalOf(await stage.knockRaw('radiologist'))).toBe('not_found');
  });

  test('H8: a snapshot is the first that one hears', async () => {
    const chair = await stage.enter('chair');
    await chair.decide({ type: 'item.open', itemId: stage.session.items[0] });
    const socket = await stage.knockRaw('nuclear');
    const heard: string[] = [];
    socket.onAny((type: string) => heard.push(type));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await until(() => expect(heard).not.toEqual([]));
    expect(heard[0]).toBe('snapshot');
  });
});
