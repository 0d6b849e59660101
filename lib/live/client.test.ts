import { expect, test } from 'vitest';
import { RoomClient } from './client.ts';
import type { SharedView, Snapshot } from './protocol.ts';
import { emptyRoom } from './reducer.ts';
import type { RoomSocket } from './room-state.ts';
import { plainView, type ViewState } from './view-state.ts';

const viewAs = (layout: string): ViewState => ({
  layout,
  ...{ activeViewportId: null, viewports: [], structureSets: [], ...plainView },
});
const shared = (seq: number, by: string): SharedView => ({
  seq,
  by,
  itemId: 'item',
  view: viewAs(`${by} ${seq}`),
});

/** Ann's tab in a room where the chair presents, over a line that the test holds in its hands. */
function annsTab() {
  const listeners = new Map<string, (...content: unknown[]) => void>();
  const sent: unknown[] = [];
  const socket = {
    ...{ connected: true, active: true },
    on: (type: string, listener: () => void) => listeners.set(type, listener),
    emit: (type: string, message: unknown) => type === 'view' && sent.push(message),
    ...{ onAny: () => socket, connect: () => socket, disconnect: () => socket },
    removeAllListeners: () => socket,
  };
  const shown: (string | undefined)[] = [];
  const client = new RoomClient(
    { sessionId: '', dial: () => socket as unknown as RoomSocket },
    { onView: (view) => shown.push(view?.view.layout) },
  );
  const hear = (type: string, ...content: unknown[]) => listeners.get(type)?.(...content);
  const { chairId, ...room } = emptyRoom('chair');
  const snapshot: Partial<Record<keyof Snapshot, unknown>> = {
    ...{ ...room, me: 'ann', chairId, presenterId: 'chair', currentItemId: 'item', view: shared(5, 'chair') },
    ...{ participants: [], pointers: [], events: [], now: new Date().toISOString(), sightEveryMs: 250 },
  };
  hear('snapshot', snapshot);
  const given = { seq: 1, type: 'control.give', by: 'chair', to: 'ann', at: new Date().toISOString() };
  return { client, hear, sent, shown, given };
}

test('F3: whoever becomes presenter while looking freely shares that, and is not taken back by a view come late', () => {
  const { client, hear, sent, shown, given } = annsTab();
  client.moved(viewAs('ann free'), 'item');
  hear('event', given);
  expect(sent).toMatchObject([{ view: { layout: 'ann free' } }]);
  // It waited for a line that took nothing, and the event overtook it.
  hear('view', shared(6, 'chair'));
  expect(shown).toEqual(['chair 5']);
  hear('taken', 7, 1);
  expect(client.state.room?.view).toMatchObject({ seq: 7, view: { layout: 'ann free' } });
  expect(shown).toEqual(['chair 5']);
  client.close();
});

test('a presenter who has shared nothing yet shows what is shared, as it comes', () => {
  const { client, hear, shown, given } = annsTab();
  hear('event', given);
  hear('view', shared(6, 'chair'));
  expect(shown.at(-1)).toBe('chair 6');
  client.close();
});

test('the word of the same person’s other tab is shown', () => {
  const { client, hear, shown, given } = annsTab();
  hear('event', given);
  client.moved(viewAs('ann here'), 'item');
  hear('taken', 6, 1);
  hear('view', shared(7, 'ann'));
  expect(shown.at(-1)).toBe('ann 7');
  client.close();
});
