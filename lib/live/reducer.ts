import { type Annotations, applyAnnotation, noAnnotations } from './annotations.ts';
import { type CaseClock, stoppedClock, turnTo } from './case-clock.ts';
import { applyHand, type Hands } from './hands.ts';
import { applyPoll, noPoll, type PollNow } from './poll.ts';
import type {
  Loan,
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
  poll: PollNow;
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
  /** Control was given for a time only. */
  loan: Loan | null;
  /** Who shows beside the presenter, for whoever wants to see it. */
  secondId: string | null;
  /** Who was marked as somebody who only looks on. */
  observers: readonly string[];
  /** Who may draw for everybody, and what was drawn. */
  annotations: Annotations;
  /** Whether what is looked at is recorded. */
  recording: boolean;
};

export function emptyRoom(chairId: string, agendaVersion = 0): RoomModel {
  return {
    chairId,
    givenTo: null,
    currentItemId: null,
    requests: [],
    hands: [],
    clock: stoppedClock,
    poll: noPoll,
    participants: [],
    pointers: {},
    view: null,
    lastSeq: 0,
    agendaVersion,
    gap: false,
    gone: null,
    loan: null,
    secondId: null,
    observers: [],
    annotations: noAnnotations,
    recording: true,
  };
}

export const presenterOf = (room: Pick<RoomModel, 'givenTo' | 'chairId'>): string =>
  room.givenTo ?? room.chairId;

/** Who shows beside the presenter; never the presenter, nor an observer. */
export function secondOf(room: RoomModel): string | null {
  const { secondId } = room;
  const shows = secondId !== null && secondId !== presenterOf(room) && !isObserver(room, secondId);
  return shows ? secondId : null;
}

/** Whether the presenter is gone for longer than the grace: the chair may take over, and nothing else happens. */
export const isPresenterGone = (room: RoomModel): boolean => room.gone === presenterOf(room);

/** Somebody who looks and follows and takes no part. Never the chair, whatever they were before. */
export const isObserver = (room: Pick<RoomModel, 'observers' | 'chairId'>, personId: string): boolean =>
  personId !== room.chairId && room.observers.includes(personId);

/** Who draws for everybody: those who lead, and whom they allowed it. Never an observer. */
export function mayAnnotate(room: RoomModel, personId: string): boolean {
  const { everyone, persons } = room.annotations;
  const leads = personId === room.chairId || personId === presenterOf(room);
  return leads || (!isObserver(room, personId) && (everyone || persons.includes(personId)));
}

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
    case 'control.return': {
      const { to, until, returnsTo } = event;
      if (to === undefined) return room;
      const loan = until !== undefined && returnsTo !== undefined ? { until, returnsTo } : null;
      return presentedBy(room, to, loan);
    }
    case 'control.take':
      return presentedBy(room, event.by, null);
    case 'second.name':
      return { ...room, secondId: event.personId ?? null };
    case 'second.end':
      return { ...room, secondId: null };
    case 'observer.mark':
    case 'observer.unmark': {
      const { personId } = event;
      const others = room.observers.filter((one) => one !== personId);
      if (event.type === 'observer.unmark' || personId === undefined) return { ...room, observers: others };
      return {
        ...room,
        observers: [...others, personId],
        secondId: room.secondId === personId ? null : room.secondId,
        requests: without(personId),
        annotations: applyAnnotation(room.annotations, event),
      };
    }
    case 'waiting.admit': {
      const others = room.observers.filter((one) => one !== event.personId);
      const looksOn = event.observer && event.personId !== undefined;
      return { ...room, observers: looksOn ? [...others, event.personId ?? ''] : others };
    }
    case 'item.open':
      return {
        ...room,
        currentItemId: event.itemId ?? null,
        clock: turnTo(room.clock, room.currentItemId, event.at),
        poll: applyPoll(room.poll, event, room.currentItemId),
        annotations: applyAnnotation(room.annotations, event),
      };
    case 'annotation.allow':
    case 'annotation.stop':
    case 'annotation.put':
    case 'annotation.remove':
      return { ...room, annotations: applyAnnotation(room.annotations, event) };
    case 'hand.raise':
    case 'hand.lower':
      return { ...room, hands: applyHand(room.hands, event) };
    case 'poll.ask':
    case 'poll.vote':
    case 'poll.close':
      return { ...room, poll: applyPoll(room.poll, event, room.currentItemId) };
    case 'record.set':
      return { ...room, recording: event.on ?? room.recording };
    case 'record.mark':
    case 'record.bookmark':
    case 'waiting.decline':
      return room;
  }
}

/** Who presents alone again: the second presenter was named beside the one before. */
function presentedBy(room: RoomModel, personId: string, loan: Loan | null): RoomModel {
  const secondId = presenterOf(room) === personId ? room.secondId : null;
  return {
    ...room,
    givenTo: personId,
    requests: room.requests.filter((one) => one !== personId),
    loan,
    secondId,
  };
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
    poll: snapshot.poll,
    participants: snapshot.participants,
    pointers: Object.fromEntries(snapshot.pointers.map(({ personId, pointer }) => [personId, pointer])),
    view: snapshot.view,
    lastSeq: snapshot.lastSeq,
    agendaVersion: snapshot.agendaVersion,
    gap: false,
    gone: snapshot.gone,
    loan: snapshot.loan,
    // A server that has no word for it names nobody.
    secondId: snapshot.secondId ?? null,
    observers: snapshot.observers,
    // A server of the version before knows nothing of them.
    annotations: snapshot.annotations ?? noAnnotations,
    // A server of the version before does not record, and does not say so.
    recording: snapshot.recording ?? false,
  };
  if (!known) return fresh;
  const decided = snapshot.lastSeq >= known.lastSeq ? fresh : { ...fresh, ...decidedPart(known) };
  return known.view ? applyView(decided, known.view) : decided;
}

/** What commands change, and nothing else does. */
const DECIDED = [
  'givenTo',
  'currentItemId',
  'requests',
  'hands',
  'clock',
  'poll',
  'loan',
  'secondId',
  'observers',
  'annotations',
  'recording',
  'lastSeq',
] as const satisfies readonly (keyof RoomModel)[];

const decidedPart = (room: RoomModel): Partial<RoomModel> =>
  Object.fromEntries(DECIDED.map((key) => [key, room[key]]));
