import { type CaseClock, stoppedClock, turnTo } from './case-clock.ts';
import { applyHand, type Hands } from './hands.ts';
import type {
  Command,
  Participant,
  Pointer,
  PointerUpdate,
  RoomEvent,
  SharedView,
  Snapshot,
} from './protocol.ts';

/**
 * The room's state as a pure function of what arrived, the same on both ends. Every step tolerates drops, duplicates
 * and reordering: views by latest sequence, events by gap-free sequence, everything else by latest value.
 */
export type RoomModel = {
  chairId: string;
  /** Null until control was first given: the chair presents. */
  givenTo: string | null;
  currentItemId: string | null;
  requests: readonly string[];
  hands: Hands;
  clock: CaseClock;
  participants: readonly Participant[];
  pointers: Readonly<Record<string, Pointer>>;
  view: SharedView | null;
  /** Highest sequence of the deciding lane that was applied. */
  lastSeq: number;
  agendaVersion: number;
  /** An event is missing: what came after it is not applied; a snapshot is to be asked for. */
  gap: boolean;
  /** Who presented when they were found to be gone; tells nothing of whoever presents since. */
  gone: string | null;
};

export function emptyRoom(chairId: string, agendaVersion = 0): RoomModel {
  return {
    chairId,
    givenTo: null,
    currentItemId: null,
    requests: [],
    hands: [],
    clock: stoppedClock,
    participants: [],
    pointers: {},
    view: null,
    lastSeq: 0,
    agendaVersion,
    gap: false,
    gone: null,
  };
}

export const presenterOf = (room: Pick<RoomModel, 'givenTo' | 'chairId'>): string =>
  room.givenTo ?? room.chairId;

/** Whether the presenter is gone for longer than the grace: the chair may take over, and nothing else happens. */
export const isPresenterGone = (room: RoomModel): boolean => room.gone === presenterOf(room);

/** The view to show: the latest one, unless it belongs to another case than the one that is open. */
export function shownView(room: RoomModel): SharedView | null {
  return room.view && room.view.itemId === room.currentItemId ? room.view : null;
}

/** Deciding lane: applied once and in order; a known one changes nothing, one too far ahead marks a gap. */
export function applyEvent(room: RoomModel, event: RoomEvent): RoomModel {
  if (event.seq <= room.lastSeq) return room;
  if (event.seq > room.lastSeq + 1) return room.gap ? room : { ...room, gap: true };
  return { ...decide(room, event), lastSeq: event.seq };
}

function decide(room: RoomModel, event: RoomEvent): RoomModel {
  const without = (personId: string | undefined) => room.requests.filter((one) => one !== personId);
  switch (event.type) {
    case 'control.request':
      return { ...room, requests: [...without(event.by), event.by] };
    case 'control.withdraw':
      return { ...room, requests: without(event.personId) };
    case 'control.give':
    case 'control.fall':
      return event.to === undefined ? room : { ...room, givenTo: event.to, requests: without(event.to) };
    case 'control.take':
      return { ...room, givenTo: event.by, requests: without(event.by) };
    case 'item.open':
      return {
        ...room,
        currentItemId: event.itemId ?? null,
        clock: turnTo(room.clock, room.currentItemId, event.at),
      };
    case 'hand.raise':
    case 'hand.lower':
      return { ...room, hands: applyHand(room.hands, event) };
  }
}

/** Looking lane: the highest sequence wins, in whatever order views arrive. */
export function applyView(room: RoomModel, view: SharedView): RoomModel {
  return room.view && view.seq <= room.view.seq ? room : { ...room, view };
}

export function applyPointers(room: RoomModel, updates: readonly PointerUpdate[]): RoomModel {
  if (updates.length === 0) return room;
  const pointers = { ...room.pointers };
  for (const { personId, pointer } of updates) {
    if (pointer === null) delete pointers[personId];
    else pointers[personId] = pointer;
  }
  return { ...room, pointers };
}

/** Who is there; the pointers of those who left go with them. */
export function applyParticipants(room: RoomModel, participants: readonly Participant[]): RoomModel {
  const there = new Set(participants.map((one) => one.personId));
  const pointers = Object.fromEntries(
    Object.entries(room.pointers).filter(([personId]) => there.has(personId)),
  );
  return { ...room, participants, pointers };
}

/**
 * A snapshot replaces everything, but never goes back: one that left the server before a newer event or view arrived
 * keeps the newer. `known` is what the client held; null at first.
 */
export function applySnapshot(known: RoomModel | null, snapshot: Snapshot): RoomModel {
  const fresh: RoomModel = {
    chairId: snapshot.chairId,
    givenTo: snapshot.presenterId,
    currentItemId: snapshot.currentItemId,
    requests: snapshot.requests,
    hands: snapshot.hands,
    clock: snapshot.clock,
    participants: snapshot.participants,
    pointers: Object.fromEntries(snapshot.pointers.map(({ personId, pointer }) => [personId, pointer])),
    view: snapshot.view,
    lastSeq: snapshot.lastSeq,
    agendaVersion: snapshot.agendaVersion,
    gap: false,
    gone: snapshot.gone,
  };
  if (!known) return fresh;
  const decided = snapshot.lastSeq >= known.lastSeq ? fresh : { ...fresh, ...decidedPart(known) };
  return known.view ? applyView(decided, known.view) : decided;
}

const decidedPart = ({ givenTo, currentItemId, requests, hands, clock, lastSeq }: RoomModel) => ({
  givenTo,
  currentItemId,
  requests,
  hands,
  clock,
  lastSeq,
});

/** `event: null`: it is so already. The command is acknowledged, and nothing is stored or told. */
export type Verdict =
  | { ok: true; event: Pick<RoomEvent, 'type' | 'to' | 'itemId' | 'personId'> | null }
  | { ok: false; code: 'live_not_presenter' | 'forbidden' | 'state_conflict' };

/**
 * May this person do this in this room now? Asked by the server only, with its own state. Whether an item is on the
 * agenda is the database's to say.
 */
export function judge(room: RoomModel, by: string, command: Command): Verdict {
  const presenter = presenterOf(room) === by;
  const chair = room.chairId === by;
  switch (command.type) {
    case 'control.request':
      if (presenter) return no('state_conflict');
      return room.requests.includes(by) ? asItIs : yes({ type: command.type });
    case 'control.withdraw':
      if (!presenter && !chair && command.personId !== by) return no('forbidden');
      if (!room.requests.includes(command.personId)) return asItIs;
      return yes({ type: command.type, personId: command.personId });
    case 'control.give':
      if (!presenter && !chair) return no('live_not_presenter');
      if (presenterOf(room) === command.to) return asItIs;
      if (!room.participants.some((one) => one.personId === command.to)) return no('state_conflict');
      return yes({ type: command.type, to: command.to });
    case 'control.take':
      if (!chair) return no('forbidden');
      return presenter ? asItIs : yes({ type: command.type });
    case 'item.open':
      return presenter || chair
        ? yes({ type: command.type, itemId: command.itemId })
        : no('live_not_presenter');
    case 'hand.raise':
      return room.hands.includes(by) ? asItIs : yes({ type: command.type });
    case 'hand.lower':
      if (!presenter && !chair && command.personId !== by) return no('forbidden');
      return room.hands.includes(command.personId)
        ? yes({ type: command.type, personId: command.personId })
        : asItIs;
  }
}

const asItIs: Verdict = { ok: true, event: null };
const yes = (event: Pick<RoomEvent, 'type' | 'to' | 'itemId' | 'personId'>): Verdict => ({ ok: true, event });
const no = (code: 'live_not_presenter' | 'forbidden' | 'state_conflict'): Verdict => ({ ok: false, code });
