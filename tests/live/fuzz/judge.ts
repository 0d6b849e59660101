import { withoutDrawing } from '@/lib/live/annotations.ts';
import { knowsEvent } from '@/lib/live/older-words.ts';
import { PROTOCOL_VERSION, type RoomEvent } from '@/lib/live/protocol.ts';
import { presenterOf, type RoomModel } from '@/lib/live/reducer.ts';
import type { Memory } from './memory.ts';
import { type FuzzTab, zOf } from './tab.ts';

/** What no tab may ever have been told, and what each must have been. */
export function truthful(tabs: readonly FuzzTab[], memory: Memory): string[] {
  return tabs.flatMap((tab) => {
    if (!tab.speaks) return refused(tab);
    return [...tab.wrong, ...eventsOf(tab, memory), ...answersTo(tab, memory)];
  });
}

function refused({ client, events, who }: FuzzTab): string[] {
  const right = client.state.ended === 'live_protocol_version' && events.length === 0;
  return right ? [] : [`version ${who.protocol} was not refused: ${client.state.ended}`];
}

/** Every event that was told is stored, as it was told, and none was left out. */
function eventsOf({ events, who }: FuzzTab, memory: Memory): string[] {
  return events.flatMap((event, index) => {
    const before = events[index - 1];
    const wrong: string[] = [];
    // A version 3 page has words for some events only; the others reach it as snapshots.
    const between = memory.events.slice(before?.seq, event.seq - 1);
    if (before && between.some((one) => knowsEvent(who.protocol, one.event.type)))
      wrong.push(`${who.personId}: ${event.seq} after ${before.seq}`);
    const stored = memory.events[event.seq - 1]?.event;
    if (JSON.stringify(stored && toldOf(stored)) !== JSON.stringify(toldOf(event)))
      wrong.push(`${who.personId} was told of an event ${event.seq} that is not stored`);
    return wrong;
  });
}

/** Every command has its answer, and the answer is true. */
function answersTo({ asked }: FuzzTab, memory: Memory): string[] {
  return asked.flatMap(({ command, answer }) => {
    const stored = memory.events.find(({ clientId }) => clientId === command.clientId);
    if (!answer) return [`${command.type} was never answered`];
    if (answer.ok && stored && stored.event.seq !== answer.seq)
      return [`${command.type} is ${stored.event.seq}, answered ${answer.seq}`];
    if (!answer.ok && stored && answer.code !== 'unavailable')
      return [`${command.type} is stored and was refused with ${answer.code}`];
    return [];
  });
}

/** What all must agree about. */
const whole = (room: RoomModel, me: string | null) => ({
  chair: room.chairId,
  presenter: presenterOf(room),
  item: room.currentItemId,
  requests: room.requests,
  hands: room.hands,
  recording: room.recording,
  clock: room.clock,
  poll: room.poll,
  participants: room.participants.map((one) => `${one.personId} ${one.colour}`).sort(),
  // One's own pointer is nobody's news.
  pointers: Object.entries(room.pointers).filter(([personId]) => personId !== me).length,
  view: [room.view?.seq, room.view?.by, zOf(room.view)],
  lastSeq: room.lastSeq,
  gap: room.gap,
  gone: room.gone,
  loan: room.loan,
  second: room.secondId,
  observers: room.observers,
  annotations: room.annotations,
});

/** All hold the same, which is what is stored and what the presenter showed last; and it is known of all who say so. */
export function equalAtTheEnd(
  tabs: readonly FuzzTab[],
  memory: Memory,
  shown: { z: number; itemId: string },
): string[] {
  const first = tabs[0]?.client.state.room;
  if (!first) return ['nobody is in the room'];
  const wrong: string[] = [];
  if (zOf(first.view) !== shown.z || first.currentItemId !== shown.itemId)
    wrong.push(`shown is ${zOf(first.view)} of ${first.currentItemId}`);
  if (first.lastSeq !== memory.events.length)
    wrong.push(`${first.lastSeq} of ${memory.events.length} events`);
  memory.events.forEach(({ event }, index) => {
    if (event.seq !== index + 1) wrong.push(`a gap before ${event.seq}`);
  });
  const pointers = (room: RoomModel, me: string | null) => {
    const others = Object.entries(room.pointers).filter(([personId]) => personId !== me);
    return JSON.stringify(others.sort());
  };
  for (const tab of tabs) {
    const { room, me, connection } = tab.client.state;
    if (!room || connection !== 'live') wrong.push(`${tab.who.personId} is ${connection}`);
    else {
      const [mine, theirs] = [whole(room, null), whole(first, null)];
      const same = JSON.stringify({ ...mine, pointers: 0 }) === JSON.stringify({ ...theirs, pointers: 0 });
      if (!same) wrong.push(`${JSON.stringify(mine)} is not ${JSON.stringify(theirs)}`);
      const known = tabs.find((other) => other.client.state.me !== me && other !== tabs[0])?.client.state;
      if (known?.room && pointersBetween(room, known.room, [me, known.me]))
        wrong.push(`pointers: ${pointers(room, me)} / ${pointers(known.room, known.me)}`);
    }
  }
  return [...wrong, ...standings(tabs)];
}

/** Whether two hold different pointers of somebody else than themselves. */
function pointersBetween(a: RoomModel, b: RoomModel, but: readonly (string | null)[]): boolean {
  const of = (room: RoomModel) =>
    JSON.stringify(
      Object.entries(room.pointers)
        .filter(([personId]) => !but.includes(personId))
        .sort(),
    );
  return of(a) !== of(b);
}

function standings(tabs: readonly FuzzTab[]): string[] {
  const chair = tabs[0]?.client.state;
  if (!chair?.room) return [];
  const presenter = presenterOf(chair.room);
  return tabs.flatMap(({ who, client }) => {
    const kind = chair.standings.get(who.personId)?.kind;
    const expected = who.protocol < PROTOCOL_VERSION ? 'older' : 'with';
    const free = client.state.free;
    return kind === expected || free || who.personId === presenter
      ? []
      : [`${who.personId} stands as ${kind}, not ${expected}`];
  });
}

/** A snapshot replays events without what was drawn: it holds that itself. */
const toldOf = (event: RoomEvent) => sorted(withoutDrawing(event));

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
