import { randomUUID } from 'node:crypto';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { Broadcast } from '../broadcast.server.ts';
import type { Connection } from '../connection.server.ts';
import type { RoomEvent, ServerMessages, Snapshot } from '../protocol.ts';
import { viewFor } from '../snapshot.server.ts';
import type { Addressed, Down, DownWord, Up, UpWord } from './words.ts';

/** How long the authority may take to let everybody in, before it is asked again. */
const RETRY_MS = 750;
/** An authority that has just taken over may not have heard of us; one that beats has. */
const UNHEARD_MS = 100;

/** The numbered connections of this process in one room. */
export type Members = ReadonlyMap<number, Connection>;

/**
 * This process's end of a room that another one is the authority of: passes on what its clients say, and to them what
 * the room says. Everything counts only as long as no message is missing; then all of it starts anew with snapshots.
 */
export class Outpost {
  private link = '';
  private upN = 0;
  private downN: number | undefined;
  private words: UpWord[] = [];
  private flushing = false;
  private readonly answers = new Map<number, (answer: unknown) => void>();
  private lastK = 0;
  /** Those who got their snapshot: nothing else comes before it. */
  private readonly entered = new Set<number>();
  private startedAt = 0;
  /** When the authority was heard last, by the monotonic clock. */
  heardAt = performance.now();
  /** Since when the authority has everybody of this process. */
  linkedSince: number | undefined;

  constructor(
    readonly authority: { holder: string; epoch: number },
    private readonly sessionId: string,
    private readonly processId: string,
    private readonly members: Members,
    private readonly send: (up: Up) => void,
  ) {
    this.start();
  }

  get linked(): boolean {
    return this.linkedSince !== undefined;
  }

  /** Begins a new stretch of messages, with everybody who is here. */
  start(): void {
    this.link = randomUUID();
    this.linkedSince = undefined;
    this.startedAt = performance.now();
    this.entered.clear();
    this.upN = 0;
    this.downN = undefined;
    this.answers.clear();
    this.words = [...this.members].map(([id, connection]) => this.entering(id, connection));
    this.flushSoon();
  }

  enter(id: number, connection: Connection): void {
    this.say(this.entering(id, connection));
  }

  leave(id: number): void {
    this.entered.delete(id);
    this.say({ type: 'leave', id });
  }

  /** Passes on what a client said; `actor` where it waits for an answer. */
  pass(
    id: number,
    message: string,
    content: unknown,
    asked?: { actor: AuthenticatedActor; answer: (answer: unknown) => void },
  ): void {
    if (asked) {
      this.lastK += 1;
      this.answers.set(this.lastK, asked.answer);
    }
    const question = asked && { k: this.lastK, actor: asked.actor };
    this.say({ type: 'say', id, message, content, ...question });
  }

  /** Says that this process lives; tries again where the authority has not answered. */
  beat(): void {
    if (!this.linked && performance.now() - this.startedAt > RETRY_MS) this.start();
    else this.flushSoon();
  }

  hear(down: Down): void {
    if (down.from !== this.authority.holder || down.epoch !== this.authority.epoch) return;
    this.heardAt = performance.now();
    if (down.links[this.processId] !== this.link) {
      // The authority has lost this stretch, or never heard of it; or it said this before.
      if (this.linked || performance.now() - this.startedAt > UNHEARD_MS) this.start();
      return;
    }
    const began = down.began?.[this.processId];
    const expected = this.downN === undefined ? began : this.downN + 1;
    if (expected !== undefined && down.n !== expected) {
      this.start();
      return;
    }
    this.downN = down.n;
    this.linkedSince ??= performance.now();
    for (const word of down.words) this.hearWord(word, down);
  }

  private hearWord(word: DownWord, { shared }: Down): void {
    const ids = this.addressees(word.to);
    if (word.type === 'answer') {
      this.answers.get(word.k)?.(word.answer);
      this.answers.delete(word.k);
    } else if (word.type === 'hangUp') for (const one of this.connections(ids)) one.hangUp();
    else if (word.message === 'snapshot') {
      for (const id of ids) this.entered.add(id);
      for (const one of this.connections(ids)) welcome(one, { ...(word.content[0] as Snapshot), ...shared });
    } else this.tell(ids, word);
  }

  /** What is latest-value stays so on its last stretch: each connection takes of it what it can. */
  private tell(ids: readonly number[], { message, content }: DownWord & { type: 'tell' }): void {
    // Whoever has no snapshot yet will find all this in it, but for why there will be none.
    const told = message === 'ended' ? ids : ids.filter((id) => this.entered.has(id));
    const to = this.connections(told);
    const broadcast = broadcastOf(message, content);
    for (const one of to) {
      if (is('view', broadcast)) one.view.offer(broadcast);
      else if (is('pointers', broadcast)) one.pointers.offer(broadcast);
      else if (is('marks', broadcast)) one.marks.offer(broadcast);
      else if (is('standings', broadcast)) one.standings.offer(broadcast.content);
      else if (is('glimpse', broadcast)) one.glimpses.offer(broadcast);
      else if (is('taken', broadcast)) one.taken.offer(broadcast);
      else one.line.tell(broadcast);
      if (message === 'event') one.admission.lastSeq = (content[0] as RoomEvent).seq;
    }
  }

  private addressees(to: Addressed): readonly number[] {
    const ids = to[this.processId] ?? [];
    return ids === 'all' ? [...this.entered] : ids;
  }

  private connections(ids: readonly number[]): Connection[] {
    return ids.flatMap((id) => this.members.get(id) ?? []);
  }

  private entering(id: number, { admission, participant }: Connection): UpWord {
    const { actor, lastSeq, protocol } = admission;
    return { type: 'enter', id, actor, participant, lastSeq, protocol };
  }

  private say(word: UpWord): void {
    this.words.push(word);
    this.flushSoon();
  }

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      const { processId: from, sessionId, link, words } = this;
      this.words = [];
      this.send({ to: this.authority.holder, from, sessionId, link, n: this.upN, words });
      this.upN += 1;
    });
  }
}

/** What the authority said, as it said it. */
const broadcastOf = (message: string, [content, ...rest]: unknown[]): Broadcast =>
  new (Broadcast as new (...all: unknown[]) => Broadcast)(message, content, ...rest);

const is = <M extends keyof ServerMessages>(message: M, told: Broadcast): told is Broadcast<M> =>
  told.message === message;

function welcome(connection: Connection, snapshot: Snapshot): void {
  connection.admission.lastSeq = snapshot.lastSeq;
  const view = viewFor(connection, snapshot.view);
  connection.tellAll({ ...snapshot, view, me: connection.personId });
}
