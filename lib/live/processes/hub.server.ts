import { log } from '@/lib/log.server.ts';
import { Connection } from '../connection.server.ts';
import type { Line } from '../line.server.ts';
import type { LiveRoom } from '../live-room.server.ts';
import type { Acknowledgement } from '../protocol.ts';
import { receive } from '../receive.server.ts';
import type { Lease } from './lease-keeper.server.ts';
import { type Address, Outbox } from './outbox.server.ts';
import type { Down, Up, UpWord } from './words.ts';

/** A process that has said nothing for so long is gone, and whoever is connected to it, in ms. */
const GONE_MS = 5000;

type Remote = { connection: Connection; vouched: { vouchedFor: Connection['admission']['actor'] } };
/** `began`: the number of the first message of this end that belongs to the link. */
type Outpost = { link: string; began: number; n: number; heardAt: number; remotes: Map<number, Remote> };

/** The authority's end: brings the connections of other processes into its room, where they are like its own. */
export class Hub {
  private readonly outposts = new Map<string, Outpost>();
  private readonly outbox = new Outbox((process) => this.outposts.get(process)?.remotes.size ?? 0);
  private turns: Promise<unknown> = Promise.resolve();
  private n = 0;
  private flushing = false;

  constructor(
    private readonly room: LiveRoom,
    private readonly lease: Lease,
    private readonly processId: string,
    private readonly send: (down: Down) => void,
  ) {}

  /** Says to the others that the room is here. */
  announce(): void {
    this.flushSoon();
  }

  /** Everybody of other processes is to enter anew. */
  startAnew(): void {
    for (const outpost of this.outposts.values()) outpost.link = '';
    this.flushSoon();
  }

  /** One message after the other, also while somebody's entitlement is looked up. */
  hear(up: Up): void {
    this.turns = this.turns
      .then(() => this.take(up))
      .catch((error) => log.error({ err: error, sessionId: up.sessionId }, 'words of another process'));
  }

  /** Says that this authority lives, and finds out who does not. */
  beat(): void {
    const now = performance.now();
    for (const [process, outpost] of this.outposts) {
      if (now - outpost.heardAt < GONE_MS) continue;
      this.outposts.delete(process);
      for (const { connection } of outpost.remotes.values()) this.room.leave(connection);
    }
    if (this.outposts.size > 0) this.flush();
  }

  private async take(up: Up): Promise<void> {
    if (!this.lease.held) return;
    const known = this.outposts.get(up.from);
    const fresh = up.n === 0;
    // A gap: what the authority says next bears the old link's name no more, and the other end starts anew.
    if (!fresh && (known?.link !== up.link || known.n + 1 !== up.n)) {
      if (known) known.link = '';
      return this.flushSoon();
    }
    const outpost: Outpost = known ?? { link: '', began: 0, n: 0, heardAt: 0, remotes: new Map() };
    Object.assign(outpost, { link: up.link, n: up.n, heardAt: performance.now() });
    if (fresh) outpost.began = this.n;
    this.outposts.set(up.from, outpost);
    if (up.words.some(({ type }) => type === 'enter') && !(await this.knowsSession())) {
      // Whoever was to enter must not be forgotten: the other end says everything anew.
      outpost.link = '';
      return this.flushSoon();
    }
    if (fresh) this.keepOnly(outpost, up.words);
    for (const word of up.words) this.hearWord(up.from, outpost, word);
    if (fresh) this.flushSoon();
  }

  /** Who may enter is read anew; false where the database does not answer. */
  private knowsSession(): Promise<boolean> {
    return this.room.refresh().then(
      () => true,
      (error) => {
        log.warn({ err: error, sessionId: this.room.sessionId }, 'nobody of another process was let in');
        return false;
      },
    );
  }

  /** A link's first words name everybody: whoever is not among them has left meanwhile. */
  private keepOnly(outpost: Outpost, words: readonly UpWord[]): void {
    const named = new Set(words.map(({ id }) => id));
    for (const [id, { connection }] of outpost.remotes) {
      if (named.has(id)) continue;
      outpost.remotes.delete(id);
      this.room.leave(connection);
    }
  }

  private hearWord(process: string, outpost: Outpost, word: UpWord): void {
    const remote = outpost.remotes.get(word.id);
    if (word.type === 'enter') this.enter({ process, id: word.id }, outpost, word, remote);
    else if (!remote) return;
    else if (word.type === 'leave') {
      outpost.remotes.delete(word.id);
      this.room.leave(remote.connection);
    } else {
      if (word.actor) remote.vouched.vouchedFor = word.actor;
      const { k } = word;
      const answer = (acknowledgement: Acknowledgement) => {
        if (k === undefined) return;
        if (!acknowledgement.ok && !this.lease.held) {
          // Whoever lost the room does not answer for it: the client asks its successor, or us anew if it comes back.
          outpost.link = '';
          return;
        }
        this.outbox.answer({ process, id: word.id }, k, acknowledgement);
        this.flushSoon();
      };
      receive(this.room, remote.connection, word.message, word.content, k === undefined ? undefined : answer);
    }
  }

  private enter(
    address: Address,
    outpost: Outpost,
    word: UpWord & { type: 'enter' },
    known: Remote | undefined,
  ): void {
    if (known) {
      known.vouched.vouchedFor = word.actor;
      this.room.tellAll(known.connection, word.lastSeq);
      this.room.sights.tellAnew(known.connection);
      return;
    }
    const { actor, lastSeq, protocol } = word;
    const vouched = { vouchedFor: actor };
    const participant = { ...word.participant, colour: this.room.colourFor(actor.personId) };
    const connection = new Connection(
      this.lineTo(address, outpost),
      { actor, credentials: vouched, sessionId: this.room.sessionId, lastSeq, protocol },
      participant,
    );
    outpost.remotes.set(address.id, { connection, vouched });
    this.room.join(connection);
  }

  /** The line to somebody else's connection. Its own process holds back what a slow one cannot take. */
  private lineTo(address: Address, outpost: Outpost): Line {
    const send = (what: () => void) => {
      what();
      this.flushSoon();
      return true;
    };
    return {
      get open() {
        return outpost.remotes.has(address.id);
      },
      emit: (message, ...content) => send(() => this.outbox.emit(address, message, content)),
      tell: (broadcast) => send(() => this.outbox.tell(address, broadcast)),
      pass: (broadcast) => send(() => this.outbox.tell(address, broadcast)),
      hangUp: () => send(() => this.outbox.hangUp(address)),
      onceReady: (resume) => resume(),
    };
  }

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.flushing = false;
    // Whoever holds the room no more has nothing to say in it.
    if (!this.lease.held) return;
    const ofEach = <T>(what: (outpost: Outpost) => T) =>
      Object.fromEntries([...this.outposts].map(([process, outpost]) => [process, what(outpost)]));
    const links = ofEach(({ link }) => link);
    const began = ofEach(({ began }) => began);
    const { processId: from, room, lease } = this;
    this.send({
      from,
      sessionId: room.sessionId,
      epoch: lease.epoch,
      n: this.n,
      links,
      began,
      ...this.outbox.take(),
    });
    this.n += 1;
  }
}
