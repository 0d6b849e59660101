import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { Command, Participant, RoomEvent } from './protocol.ts';
import { applyEvent, emptyRoom, presenterOf, type RoomModel } from './reducer.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const person = (personId: string): Participant => ({
  personId,
  displayName: personId,
  centreCode: '',
  specialty: null,
  role: 'clinician',
  colour: '',
});
const open = (change: Partial<RoomModel> = {}): RoomModel => ({
  ...emptyRoom('chair'),
  participants: ['chair', 'ann', 'bob', 'eve'].map(person),
  ...change,
});

type WithoutId<T> = T extends Command ? Omit<T, 'clientId'> : never;
const ask = (room: RoomModel, by: string, command: WithoutId<Command>, now = NOW) =>
  judge(room, by, { ...command, clientId: 'any' } as Command, now);

/** The room after this command, which must be taken. */
function decided(room: RoomModel, by: string, command: WithoutId<Command>, now = NOW): RoomModel {
  const verdict = ask(room, by, command, now);
  if (!verdict.ok || !verdict.event) throw new Error(JSON.stringify(verdict));
  const event: RoomEvent = { ...verdict.event, seq: room.lastSeq + 1, by, at: '' };
  return applyEvent(room, event);
}

describe('control for a time', () => {
  const lent = decided(open(), 'chair', { type: 'control.give', to: 'ann', forSeconds: 60 });

  test('C10: says until when, by the server’s clock, and to whom it goes back', () => {
    expect(presenterOf(lent)).toBe('ann');
    expect(lent.loan).toEqual({ until: '2026-01-01T12:01:00.000Z', returnsTo: 'chair' });
    expect(decided(open(), 'chair', { type: 'control.give', to: 'ann' }).loan).toBeNull();
  });

  test('C12: goes back to who gave it, to the chair when they are away or only look on', () => {
    const byAnn = open({ givenTo: 'ann' });
    const bob = decided(byAnn, 'ann', { type: 'control.give', to: 'bob', forSeconds: 60 });
    expect(presenterOf(decided(bob, 'bob', { type: 'control.return' }))).toBe('ann');
    const away = { ...bob, participants: bob.participants.filter((one) => one.personId !== 'ann') };
    expect(presenterOf(decided(away, 'bob', { type: 'control.return' }))).toBe('chair');
    const looksOn = decided(bob, 'chair', { type: 'observer.mark', personId: 'ann' });
    expect(presenterOf(decided(looksOn, 'chair', { type: 'control.return' }))).toBe('chair');
  });

  test('C12, C7: never falls to a chair who is not there: it waits for who gave it, or stays where it is', () => {
    const here = (...persons: string[]) => ({ participants: persons.map(person) });
    const bob = decided(open({ givenTo: 'ann' }), 'ann', { type: 'control.give', to: 'bob', forSeconds: 60 });
    const end = (room: RoomModel) => presenterOf(decided(room, 'bob', { type: 'control.return' }));
    expect(end({ ...bob, ...here('bob') }), 'who is back may go on').toBe('ann');
    expect(end({ ...bob, ...here() }), 'nobody is there yet').toBe('ann');
    const looksOn = { ...decided(bob, 'chair', { type: 'observer.mark', personId: 'ann' }), ...here('bob') };
    expect(end(looksOn), 'an observer never leads').toBe('bob');
    expect(decided(looksOn, 'bob', { type: 'control.return' }).loan).toBeNull();
    expect(end({ ...looksOn, ...here('ann') }), 'nobody is there who may lead').toBe('chair');
  });

  test('C13: is ended by who has it, who gave it and the chair, and by nobody else', () => {
    const bob = decided(open({ givenTo: 'ann' }), 'ann', { type: 'control.give', to: 'bob', forSeconds: 60 });
    for (const by of ['bob', 'ann', 'chair'])
      expect(decided(bob, by, { type: 'control.return' }).loan).toBeNull();
    expect(ask(bob, 'eve', { type: 'control.return' })).toEqual({ ok: false, code: 'forbidden' });
    expect(decided(bob, 'chair', { type: 'control.take' })).toMatchObject({ givenTo: 'chair', loan: null });
    expect(ask(open(), 'eve', { type: 'control.return' })).toEqual({ ok: true, event: null });
  });

  test('C14: is passed on for what is left of it, and goes back to who gave it first', () => {
    const on = decided(lent, 'ann', { type: 'control.give', to: 'bob' }, NOW + 20_000);
    expect(on).toMatchObject({ givenTo: 'bob', loan: lent.loan });
    const shorter = decided(lent, 'ann', { type: 'control.give', to: 'bob', forSeconds: 10 }, NOW + 20_000);
    expect(shorter.loan).toEqual({ until: '2026-01-01T12:00:30.000Z', returnsTo: 'chair' });
    const longer = decided(lent, 'ann', { type: 'control.give', to: 'bob', forSeconds: 600 }, NOW);
    expect(longer.loan).toEqual(lent.loan);
    expect(decided(lent, 'ann', { type: 'control.give', to: 'chair', forSeconds: 60 }).loan).toBeNull();
  });

  test('C14: only the chair changes the limit of who has control already', () => {
    expect(ask(lent, 'ann', { type: 'control.give', to: 'ann', forSeconds: 600 })).toEqual({
      ok: true,
      event: null,
    });
    expect(decided(lent, 'chair', { type: 'control.give', to: 'ann' })).toMatchObject({
      givenTo: 'ann',
      loan: null,
    });
    expect(decided(lent, 'chair', { type: 'control.give', to: 'ann', forSeconds: 600 }).loan?.until).toBe(
      '2026-01-01T12:10:00.000Z',
    );
  });
});

describe('observers', () => {
  const watching = decided(open({ requests: ['eve', 'bob'] }), 'chair', {
    type: 'observer.mark',
    personId: 'eve',
  });

  test('C15: are marked by the chair, and not while they present; their request is gone', () => {
    expect(watching).toMatchObject({ observers: ['eve'], requests: ['bob'] });
    const mark = (personId: string) => ({ type: 'observer.mark', personId }) as const;
    expect(ask(open(), 'ann', mark('eve'))).toEqual({ ok: false, code: 'forbidden' });
    expect(ask(open(), 'chair', mark('chair'))).toEqual({ ok: false, code: 'state_conflict' });
    expect(ask(open(), 'chair', mark('nobody'))).toEqual({ ok: false, code: 'state_conflict' });
    expect(ask(open({ givenTo: 'ann' }), 'chair', mark('ann'))).toEqual({
      ok: false,
      code: 'state_conflict',
    });
    expect(ask(watching, 'chair', mark('eve'))).toEqual({ ok: true, event: null });
    expect(decided(watching, 'chair', { type: 'observer.unmark', personId: 'eve' }).observers).toEqual([]);
  });

  test('C16: neither ask for control nor are given it, unless they chair', () => {
    expect(ask(watching, 'eve', { type: 'control.request' })).toEqual({ ok: false, code: 'live_observer' });
    const give = { type: 'control.give', to: 'eve' } as const;
    expect(ask(watching, 'chair', give)).toEqual({ ok: false, code: 'live_observer' });
    const chairs = { ...watching, chairId: 'eve', givenTo: 'ann' };
    expect(ask(chairs, 'eve', { type: 'control.take' })).toMatchObject({ ok: true });
  });
});
