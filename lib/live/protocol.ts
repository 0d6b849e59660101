import { z } from 'zod';
import type { Annotations, Author } from './annotations.ts';
import type { CaseClock } from './case-clock.ts';
import type { MarkUpdate } from './mark-state.ts';
import { type Measurement, measurementSchema } from './measurement-state.ts';
import { type PollNow, pollDraft } from './poll.ts';
import { viewStateSchema } from './view-state.ts';

/**
 * The room's protocol: this file, its version and SPEC.md change together. Two lanes: looking (latest value wins,
 * never stored) and deciding (acknowledged after commit, ordered, replayed).
 */
export const PROTOCOL_VERSION = 5;
/** Pages that were open while the server was replaced: each is served in its own words. */
export const OLDEST_SERVED = 3;
/** The first version with a word for a room that cannot be reached. */
export const TELLS_ADRIFT_SINCE = 4;
/**
 * What a page says, as `draws` in the query of its handshake, that it draws of what came into views without a new
 * version. One that does not say so is plain: it drops what it does not know, and would believe that it shows all (W9).
 */
export const DRAWS = 'documents';

/** A message larger than this is refused and counted; one larger than sixteen times this ends the connection. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Looking: a view, a pointer and a mark leave a client at most once per tick, thirty times a second. */
export const TICK_MS = 33;
/** The same for whoever chooses sixty. */
export const QUICK_TICK_MS = 16;

// ------------------------------------------------------------------------------------------------ client to server

/** Sent with the connection. An unknown key is refused here and in every message: who sends is never a payload's to say. */
export const helloSchema = z.strictObject({
  sessionId: z.uuid(),
  protocol: z.number().int(),
  /** An API token, for clients without a cookie or a header. */
  token: z.string().min(1).max(200).optional(),
  /** Highest sequence of the deciding lane that this client has; what came after is replayed. */
  lastSeq: z.number().int().nonnegative().default(0),
});

export const viewMessageSchema = z.strictObject({
  itemId: z.uuid(),
  view: viewStateSchema,
  /** The sender's own count, by which `taken` tells which view got which sequence. */
  n: z.number().int().nonnegative().optional(),
});

export const pointerSchema = z
  .strictObject({
    viewportId: z.string().max(40),
    seriesUid: z.string().regex(/^[0-9.]{1,64}$/),
    frameOfReferenceUid: z
      .string()
      .regex(/^[0-9.]{1,64}$/)
      .nullable(),
    mm: z.tuple([z.number().finite(), z.number().finite(), z.number().finite()]),
  })
  .nullable();
export type Pointer = z.infer<typeof pointerSchema>;

/**
 * What of a shared view cannot be seen, and why. `other_place`: painted, but not where it was asked for; `no_images`:
 * nothing of it, the page has no viewer.
 */
export const missingKinds = ['not_shared', 'unsupported', 'failed', 'other_place', 'no_images'] as const;
export type Missing = (typeof missingKinds)[number];

const missingSchema = z.array(z.enum(missingKinds)).max(missingKinds.length);

/** Said by a tab after it has painted. */
export const sightSchema = z.strictObject({
  /** The latest shared view that every viewport has painted; 0 before the first. */
  seq: z.number().int().nonnegative(),
  /** `away`: the page is hidden, and paints nothing. */
  doing: z.enum(['follow', 'free', 'away']),
  missing: missingSchema,
  /** While looking along with the second presenter: the latest of their views that was painted, and what of it is missing. */
  second: z.strictObject({ n: z.number().int().nonnegative(), missing: missingSchema }).optional(),
});
export type Sight = z.infer<typeof sightSchema>;

/** Whom this tab looks along with, who does not present; null: nobody. */
export const watchSchema = z.uuid().nullable();

/** What somebody shows who looks freely, for those who look along; a null view: they follow again. */
export const glimpseSchema = z.strictObject({ itemId: z.uuid(), view: viewStateSchema.nullable() });

/** Deciding. `clientId` is made once per intent: the same one sent twice happens once. */
export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('control.request'), clientId: z.uuid() }),
  /** Takes a request back; the presenter and the chair may put aside somebody else's. */
  z.strictObject({ type: z.literal('control.withdraw'), clientId: z.uuid(), personId: z.uuid() }),
  z.strictObject({
    type: z.literal('control.give'),
    clientId: z.uuid(),
    to: z.uuid(),
    /** Only for so long; then it goes back. */
    forSeconds: z.number().int().min(10).max(7200).optional(),
  }),
  /** Shows beside the presenter, for whoever wants to see it; or does no more. */
  z.strictObject({ type: z.literal('second.name'), clientId: z.uuid(), personId: z.uuid() }),
  z.strictObject({ type: z.literal('second.end'), clientId: z.uuid() }),
  /** Ends before its time what was given for a time. */
  z.strictObject({ type: z.literal('control.return'), clientId: z.uuid() }),
  z.strictObject({ type: z.literal('control.take'), clientId: z.uuid() }),
  /** Somebody only looks on from now on, or takes part again. */
  z.strictObject({ type: z.literal('observer.mark'), clientId: z.uuid(), personId: z.uuid() }),
  z.strictObject({ type: z.literal('observer.unmark'), clientId: z.uuid(), personId: z.uuid() }),
  /** Whoever waits at the door comes in, as if invited, and only looks on where `observer` says so; or does not. */
  z.strictObject({
    type: z.literal('waiting.admit'),
    clientId: z.uuid(),
    personId: z.uuid(),
    observer: z.boolean(),
  }),
  z.strictObject({ type: z.literal('waiting.decline'), clientId: z.uuid(), personId: z.uuid() }),
  /** Somebody may draw for everybody while this case is open, or no more; null: everybody. */
  z.strictObject({ type: z.literal('annotation.allow'), clientId: z.uuid(), personId: z.uuid().nullable() }),
  z.strictObject({ type: z.literal('annotation.stop'), clientId: z.uuid(), personId: z.uuid().nullable() }),
  /** Something drawn for everybody, whole: added, or put in the place of what has its id. */
  z.strictObject({
    type: z.literal('annotation.put'),
    clientId: z.uuid(),
    itemId: z.uuid(),
    drawn: measurementSchema,
  }),
  z.strictObject({
    type: z.literal('annotation.remove'),
    clientId: z.uuid(),
    itemId: z.uuid(),
    annotationId: z.string().min(1).max(40),
  }),
  z.strictObject({ type: z.literal('item.open'), clientId: z.uuid(), itemId: z.uuid() }),
  z.strictObject({ type: z.literal('hand.raise'), clientId: z.uuid() }),
  /** One's own; the presenter and the chair lower anybody's. */
  z.strictObject({ type: z.literal('hand.lower'), clientId: z.uuid(), personId: z.uuid() }),
  z.strictObject({ type: z.literal('poll.ask'), clientId: z.uuid(), itemId: z.uuid(), ...pollDraft }),
  /** `option` counts from 0. */
  z.strictObject({
    type: z.literal('poll.vote'),
    clientId: z.uuid(),
    pollId: z.uuid(),
    option: z.number().int().min(0).max(5),
  }),
  z.strictObject({ type: z.literal('poll.close'), clientId: z.uuid(), pollId: z.uuid() }),
  /** Whether what is looked at is recorded. */
  z.strictObject({ type: z.literal('record.set'), clientId: z.uuid(), on: z.boolean() }),
  /** This moment of the record is worth finding again. */
  z.strictObject({
    type: z.literal('record.mark'),
    clientId: z.uuid(),
    text: z.string().trim().max(200).default(''),
  }),
  /** What the view of that number shows belongs to a line of the decision. */
  z.strictObject({
    type: z.literal('record.bookmark'),
    clientId: z.uuid(),
    itemId: z.uuid(),
    field: z.string().max(40),
    viewSeq: z.number().int().positive(),
  }),
]);
export type Command = z.infer<typeof commandSchema>;

// ------------------------------------------------------------------------------------------------ server to client

export type Participant = {
  personId: string;
  displayName: string;
  centreCode: string;
  specialty: string | null;
  role: string;
  /** One of the room's colours, the same for everybody. */
  colour: string;
};

export type SharedView = {
  /** Grows by one with every view that the server took; never goes back, over restarts too. */
  seq: number;
  itemId: string;
  by: string;
  view: z.infer<typeof viewStateSchema>;
};

/** What somebody shows who does not present; without a view it is over, and who looked along follows. */
export type Glimpse = {
  by: string;
  itemId: string | null;
  view: z.infer<typeof viewStateSchema> | null;
  /** Of the second presenter: how many of their views were shown so; what is painted of it is said by this number. */
  n?: number;
};

/** `control.fall`: of earlier servers, which gave the control of a presenter who was gone to the chair. */
export type RoomEventType = Command['type'] | 'control.fall';

export type RoomEvent = {
  /** Gap-free per session, from 1. */
  seq: number;
  type: RoomEventType;
  by: string;
  /** ISO 8601. */
  at: string;
  to?: string;
  itemId?: string;
  personId?: string;
  /** Of control that was given for a time: when it ends, ISO 8601, and to whom it goes back. */
  until?: string;
  returnsTo?: string;
  pollId?: string;
  on?: boolean;
  text?: string;
  field?: string;
  viewSeq?: number;
  /** Of who was let in: they only look on. */
  observer?: boolean;
  annotationId?: string;
  annotation?: { author: Author; drawn: Measurement };
};

/** What an event says beside who said it, when, and its number. */
export type EventContent = Omit<RoomEvent, 'seq' | 'by' | 'at'>;

/**
 * How somebody stands to what is shared. `with`: has painted it; `cannot`: has, but for what is missing; `older`: their
 * page is of an earlier version and does not say; `second`: has painted what the second presenter shows instead.
 */
export type StandingKind = 'with' | 'loading' | 'cannot' | 'second' | 'free' | 'away' | 'older';
export type Standing = { personId: string; kind: StandingKind; missing: Missing[] };

/** Control for a time: when it ends (ISO 8601, the server's clock), and to whom it goes back then. */
export type Loan = { until: string; returnsTo: string };

/** The whole present state: for who joins, comes back, or has missed something. */
export type Snapshot = {
  protocol: number;
  me: string;
  chairId: string;
  presenterId: string;
  currentItemId: string | null;
  /** Who has asked for control, first come first. */
  requests: string[];
  /** Whose hand is up, first come first. */
  hands: string[];
  /** The poll that is open, if any. */
  poll: PollNow;
  /** How long each case was open. */
  clock: CaseClock;
  /** The server's clock, ISO 8601. */
  now: string;
  participants: Participant[];
  pointers: PointerUpdate[];
  /** The agenda's version; a client that holds another one pulls the agenda. */
  agendaVersion: number;
  view: SharedView | null;
  lastSeq: number;
  /** Events of the deciding lane after the client's `lastSeq`. */
  events: RoomEvent[];
  /** The presenter, when they are gone for longer than the grace. */
  gone: string | null;
  /** Of control that was given for a time. */
  loan: Loan | null;
  /** Who shows beside the presenter. */
  secondId: string | null;
  /** Who only looks on. */
  observers: string[];
  /** Who may draw for everybody, and what was drawn. */
  annotations: Annotations;
  /** Whether what is looked at is recorded. */
  recording: boolean;
  /** How often at most the tab is to say what it has painted, in ms. */
  sightEveryMs: number;
};

export type PointerUpdate = { personId: string; pointer: Pointer };

/** What a use case tells a room after its commit. */
export type Notice =
  | { type: 'agenda.changed'; version: number }
  | { type: 'session.changed' }
  | { type: 'notes.changed'; agendaItemId: string }
  | { type: 'key-views.changed'; caseId: string }
  /** Somebody came to the door, left it, or was answered. */
  | { type: 'waiting.changed' }
  | {
      type: 'decision.changed';
      agendaItemId: string;
      decisionId: string;
      version: number;
      field: string | null;
      by: string;
      byName: string;
    };

export type Refusal = { code: string };
export type Acknowledgement = { ok: true; seq: number } | { ok: false; code: string };

export type ServerMessages = {
  snapshot: (snapshot: Snapshot) => void;
  view: (view: SharedView) => void;
  /** To the tab that sent a view: the sequence that it got, and the view's own count. */
  taken: (seq: number, n?: number) => void;
  pointers: (pointers: PointerUpdate[]) => void;
  marks: (marks: MarkUpdate[]) => void;
  glimpse: (glimpse: Glimpse) => void;
  /** Who looks along with this person, who does not present. */
  watched: (personIds: string[]) => void;
  participants: (participants: Participant[]) => void;
  /** To those who lead: who sees what is shared. */
  standings: (standings: Standing[]) => void;
  /** The room has grown or shrunk: how often at most the tab is to say what it has painted, in ms. */
  pace: (sightEveryMs: number) => void;
  event: (event: RoomEvent) => void;
  /** Who presents and is gone for longer than the grace: the chair is offered control. Null: nobody is missed. */
  gone: (personId: string | null) => void;
  notice: (notice: Notice) => void;
  refused: (refusal: Refusal) => void;
  ended: (refusal: Refusal) => void;
  /** Where nothing else came for a while: the line lives. The server's clock. */
  pulse: (now: string) => void;
  /** The process that this tab is connected to does not reach the room; a snapshot follows when it does. */
  adrift: () => void;
};

export type ClientMessages = {
  view: (message: unknown) => void;
  pointer: (message: unknown) => void;
  mark: (message: unknown) => void;
  sight: (message: unknown) => void;
  watch: (message: unknown) => void;
  glimpse: (message: unknown) => void;
  command: (command: unknown, acknowledge: (answer: Acknowledgement) => void) => void;
  resync: (lastSeq: number) => void;
};
