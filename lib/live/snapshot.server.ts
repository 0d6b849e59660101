import { withoutDrawing } from './annotations.ts';
import type { Connection } from './connection.server.ts';
import { knowsEvent } from './older-words.ts';
import { forPlain } from './plain-pages.ts';
import type { RoomEvent, SharedView, Snapshot } from './protocol.ts';
import { presenterOf, type RoomModel } from './reducer.ts';
import { sightEveryMs } from './sight-watch.server.ts';

/** What is shared, as this connection's page is to be told it. */
export const viewFor = ({ admission }: Connection, shared: SharedView | null): SharedView | null =>
  shared && admission.plain ? { ...shared, view: forPlain(shared.view) } : shared;

/**
 * The whole present state as one connection is told it.
 * @param events what is replayed; those that its page has no word for are left out
 * @param tabs how many are in the room
 */
export function snapshotOf(
  model: RoomModel,
  connection: Connection,
  events: readonly RoomEvent[],
  tabs: number,
): Snapshot {
  return {
    protocol: connection.admission.protocol,
    me: connection.personId,
    chairId: model.chairId,
    presenterId: presenterOf(model),
    currentItemId: model.currentItemId,
    requests: [...model.requests],
    hands: [...model.hands],
    clock: model.clock,
    poll: model.poll,
    now: new Date().toISOString(),
    participants: [...model.participants],
    pointers: Object.entries(model.pointers).map(([personId, pointer]) => ({ personId, pointer })),
    agendaVersion: model.agendaVersion,
    view: viewFor(connection, model.view),
    lastSeq: model.lastSeq,
    events: events.filter(({ type }) => knowsEvent(connection.admission.protocol, type)).map(withoutDrawing),
    gone: model.gone,
    loan: model.loan,
    secondId: model.secondId,
    observers: [...model.observers],
    annotations: model.annotations,
    recording: model.recording,
    sightEveryMs: sightEveryMs(tabs),
  };
}
