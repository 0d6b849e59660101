import { describe, expect, test } from 'vitest';
import { noAnnotations } from './annotations.ts';
import { stoppedClock } from './case-clock.ts';
import { judge } from './judge.ts';
import { noPoll } from './poll.ts';
import {
  type Command,
  type Participant,
  type Pointer,
  PROTOCOL_VERSION,
  type RoomEvent,
  type SharedView,
  type Snapshot,
} from './protocol.ts';
import {
  applyEvent,
  applyParticipants,
  applyPointers,
  applySnapshot,
  applyView,
  emptyRoom,
  isPresenterGone,
  presenterOf,
  type RoomModel,
  shownView,
} from './reducer.ts';
import { plainView } from './view-state.ts';

const person = (personId: string): Participant => ({
  personId,
  displayName: personId,
  centreCode: 'IGR',
  specialty: null,
  role: 'clinician',
  colour: '#ffd43b',
});
/** The server's clock. */
const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const people = ['chair', 'ann', 'bob'].map(person);
const room = (change: Partial<RoomModel> = {}): RoomModel => ({
  ...emptyRoom('chair'),
  participants: people,
  ...change,
});
const event = (
  seq: number,
  type: RoomEvent['type'],
  by: string,
  more: Partial<RoomEvent> = {},
): RoomEvent => ({
  seq,
  type,
  by,
  at: '2026-01-01T12:00:00.000Z',
  ...more,
});
const view = (seq: number, itemId = 'item'): SharedView => ({
  seq,
  itemId,
  by: 'chair',
  view: { layout: `layout ${seq}`, activeViewportId: null, viewports: [], structureSets: [], ...plainView },
});
const pointer = (x: number): Pointer => ({
  viewportId: 'v1',
  seriesUid: '1.2',
  frameOfReferenceUid: '1.3',
  mm: [x, 0, 0],
});
const snapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  protocol: PROTOCOL_VERSION,
  sightEveryMs: 250,
  me: 'ann',
  chairId: 'chair',
  presenterId: 'chair',
  currentItemId: null,
  requests: [],
  hands: [],
  clock: stoppedClock,
  poll: noPoll,
  now: '2026-01-01T12:00:00.000Z',
  participants: people,
  pointers: [],
  agendaVersion: 1,
  view: null,
  lastSeq: 0,
  events: [],
  gone: null,
  loan: null,
  secondId: null,
  observers: [],
  annotations: noAnnotations,
  recording: true,
  ...change,
});

describe('looking', () => {
  test('L3: an older view, or the same again, changes nothing', () => {
    const now = applyView(room(), view(7));
    expect(applyView(now, view(6))).toBe(now);
    expect(applyView(now, view(7))).toBe(now);
    expect(applyView(now, view(8)).view?.seq).toBe(8);
  });

  test('L9: a view is shown only while its item is open', () => {
    const now = applyView(room({ currentItemId: 'item' }), view(1));
    expect(shownView(now)?.seq).toBe(1);
    const next = applyEvent(now, event(1, 'item.open', 'chair', { itemId: 'other' }));
    expect(shownView(next)).toBeNull();
    expect(shownView(applyView(next, view(2, 'other')))?.seq).toBe(2);
    expect(shownView(applyEvent(next, event(2, 'item.open', 'chair', { itemId: 'item' })))?.seq).toBe(1);
  });
});

describe('pointers', () => {
  test('P3: null takes a pointer away, and so does leaving', () => {
    const now = applyPointers(room(), [
      { personId: 'ann', pointer: pointer(1) },
      { personId: 'bob', pointer: pointer(2) },
    ]);
    expect(applyPointers(now, [{ personId: 'ann', pointer: null }]).pointers).toEqual({ bob: pointer(2) });
    expect(applyParticipants(now, people.slice(0, 2)).pointers).toEqual({ ann: pointer(1) });
  });
});

describe('the deciding lane', () => {
  test('D9: a known event changes nothing; one that comes too early only marks the gap', () => {
    const now = applyEvent(room(), event(1, 'control.request', 'ann'));
    expect(applyEvent(now, event(1, 'control.request', 'bob'))).toBe(now);
    const gap = applyEvent(now, event(3, 'control.request', 'bob'));
    expect(gap).toEqual({ ...now, gap: true });
    expect(applyEvent(gap, event(4, 'control.request', 'bob'))).toBe(gap);
    expect(applySnapshot(gap, snapshot({ lastSeq: 4, requests: ['bob'] }))).toMatchObject({
      gap: false,
      lastSeq: 4,
      requests: ['bob'],
    });
  });

  test('C1: the chair presents until control was given', () => {
    expect(presenterOf(room())).toBe('chair');
    expect(presenterOf(applyEvent(room(), event(1, 'control.give', 'chair', { to: 'ann' })))).toBe('ann');
  });

  test('C7: that a presenter is gone says nothing of whoever presents since', () => {
    const now = room({ givenTo: 'ann', gone: 'ann' });
    expect(isPresenterGone(now)).toBe(true);
    expect(isPresenterGone(applyEvent(now, event(1, 'control.take', 'chair')))).toBe(false);
  });

  test('C2: those who ask are listed, first come first', () => {
    const asked = [event(1, 'control.request', 'bob'), event(2, 'control.request', 'ann')];
    expect(asked.reduce(applyEvent, room()).requests).toEqual(['bob', 'ann']);
  });

  test.each([
    event(1, 'control.give', 'chair', { to: 'ann' }),
    event(1, 'control.take', 'ann'),
    event(1, 'control.fall', 'ann', { to: 'ann' }),
    event(1, 'control.withdraw', 'ann', { personId: 'ann' }),
  ])('C6: $type: the request is gone, the others stay', (happened) => {
    expect(applyEvent(room({ requests: ['bob', 'ann'] }), happened).requests).toEqual(['bob']);
  });
});

describe('a snapshot', () => {
  test('S3: replaces everything but a newer view and newer decisions', () => {
    const now = room({ lastSeq: 5, givenTo: 'ann', currentItemId: 'item', requests: ['bob'], view: view(9) });
    const stale = snapshot({ lastSeq: 4, view: view(8), participants: people.slice(0, 1) });
    expect(applySnapshot(now, stale)).toMatchObject({
      lastSeq: 5,
      givenTo: 'ann',
      currentItemId: 'item',
      requests: ['bob'],
      view: { seq: 9 },
      participants: [{ personId: 'chair' }],
    });
    const fresh = snapshot({ lastSeq: 6, view: view(10), presenterId: 'bob' });
    expect(applySnapshot(now, fresh)).toMatchObject({ lastSeq: 6, givenTo: 'bob', view: { seq: 10 } });
  });
});

describe('who may decide what', () => {
  const presenting = room({ givenTo: 'ann', requests: ['bob'], currentItemId: 'item' });
  const commands = {
    'control.request': { type: 'control.request' },
    'withdraw bob': { type: 'control.withdraw', personId: 'bob' },
    'withdraw chair': { type: 'control.withdraw', personId: 'chair' },
    'give to bob': { type: 'control.give', to: 'bob' },
    'give to ann': { type: 'control.give', to: 'ann' },
    'give to somebody away': { type: 'control.give', to: 'eve' },
    'control.take': { type: 'control.take' },
    'item.open': { type: 'item.open', itemId: 'other' },
  } as const;

  test.each<[keyof typeof commands, string, string]>([
    ['control.request', 'chair', 'yes'],
    ['control.request', 'ann', 'state_conflict'],
    ['control.request', 'bob', 'as it is'],
    ['withdraw bob', 'bob', 'yes'],
    ['withdraw bob', 'chair', 'yes'],
    ['withdraw bob', 'ann', 'yes'],
    ['withdraw bob', 'eve', 'forbidden'],
    ['withdraw chair', 'chair', 'as it is'],
    ['give to bob', 'ann', 'yes'],
    ['give to bob', 'chair', 'yes'],
    ['give to bob', 'bob', 'live_not_presenter'],
    ['give to ann', 'chair', 'as it is'],
    ['give to somebody away', 'chair', 'state_conflict'],
    ['give to somebody away', 'bob', 'live_not_presenter'],
    ['control.take', 'chair', 'yes'],
    ['control.take', 'ann', 'forbidden'],
    ['control.take', 'bob', 'forbidden'],
    ['item.open', 'chair', 'yes'],
    ['item.open', 'ann', 'yes'],
    ['item.open', 'bob', 'live_not_presenter'],
  ])('C2, C3, C4, C5, O1, D5: %s by %s: %s', (name, by, answer) => {
    const verdict = judge(presenting, by, { ...commands[name], clientId: 'any' } as Command, NOW);
    expect(verdict.ok ? (verdict.event ? 'yes' : 'as it is') : verdict.code).toBe(answer);
  });

  test('D5: a chair who presents has control already', () => {
    expect(judge(room(), 'chair', { type: 'control.take', clientId: 'any' }, NOW)).toEqual({
      ok: true,
      event: null,
    });
  });
});
