import { afterEach, describe, expect, test, vi } from 'vitest';
import { setCancelled, setInvited } from '@/lib/boards/schedule-session.server.ts';
import { closeDatabase, db, openDatabase } from '@/lib/db/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { createToken, revokeToken } from '@/lib/people/account.server.ts';
import { setStage, until } from './support.ts';

const stage = setStage({ recheckMs: 100 });

const disable = (disabledAt: Date | null) =>
  db().person.update({ where: { id: stage.actors.nuclear.personId }, data: { disabledAt } });
afterEach(() => disable(null));

describe('rights, looked at again', () => {
  test('E1: who is uninvited is shown out at once; all others stay', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await setInvited(stage.actors.secretary, stage.session.id, stage.actors.nuclear.personId, false);
    await until(() => expect(nuclear.state).toMatchObject({ ended: 'not_invited', connection: 'offline' }));
    for (const tab of [chair, oncologist]) {
      await until(() => expect(tab.room.participants).toHaveLength(2));
      expect(tab.state.connection).toBe('live');
    }
  });

  test('E2: who is disabled is shown out at the next look', async () => {
    const { chair, nuclear } = await stage.meeting();
    await disable(new Date());
    await until(() => expect(nuclear.state.ended).toBe('session_expired'));
    await until(() => expect(chair.room.participants).toHaveLength(2));
  });

  test('E2: whose token was revoked is shown out too', async () => {
    const { id, token } = await createToken(stage.actors.oncologist, { label: 'short', days: 1 });
    const oncologist = await stage.enter('oncologist', { token });
    await revokeToken(stage.actors.oncologist, id);
    await until(() => expect(oncologist.state.ended).toBe('session_expired'));
  });

  test('E2: a command by whose login has ended is not carried out', async () => {
    const { nuclear } = await stage.meeting();
    await disable(new Date());
    void nuclear.decide({ type: 'control.request' });
    await until(() => expect(nuclear.state.ended).toBe('session_expired'));
    expect(await db().roomEvent.count({ where: { sessionId: stage.session.id } })).toBe(1);
  });

  test('E3: a cancelled session’s room is left by all', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await setCancelled(stage.actors.secretary, stage.session.id, true);
    for (const tab of [chair, oncologist, nuclear])
      await until(() => expect(tab.state.ended).toBe('live_session_cancelled'));
  });

  test('E4: a database that does not answer shows nobody out', async () => {
    const { chair, nuclear } = await stage.meeting();
    const complaints = vi.spyOn(log, 'error').mockReturnValue();
    await closeDatabase();
    try {
      await until(() => expect(complaints).toHaveBeenCalledWith(expect.anything(), 'room not rechecked'));
      expect(await chair.decide({ type: 'item.open', itemId: stage.session.items[1] })).toEqual({
        ok: false,
        code: 'unavailable',
      });
    } finally {
      openDatabase(stage.database.url);
      complaints.mockRestore();
    }
    expect(nuclear.state.connection).toBe('live');
    expect(await nuclear.decide({ type: 'control.request' })).toMatchObject({ ok: true });
    await until(() => expect(chair.room.requests).toEqual([stage.actors.nuclear.personId]));
  });
});
