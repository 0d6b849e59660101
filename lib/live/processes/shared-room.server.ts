import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { byHundreds } from '../by-hundreds.ts';
import type { Connection } from '../connection.server.ts';
import { type Admission, codeOf, mustStillBeEntitled, reasonsToLeave } from '../handshake.server.ts';
import { InOrder } from '../in-order.ts';
import { LiveRoom } from '../live-room.server.ts';
import { type Acknowledgement, type Notice, TELLS_ADRIFT_SINCE } from '../protocol.ts';
import { receive, whyNotTaken } from '../receive.server.ts';
import { fencedOutside, type RoomOutside } from '../room-outside.server.ts';
import type { RoomTimes } from '../room-times.ts';
import { sharedSession } from '../session-readings.server.ts';
import { Hub } from './hub.server.ts';
import type { Lease, LeaseKeeper } from './lease-keeper.server.ts';
import { Outpost } from './outpost.server.ts';
import type { Down, Up } from './words.ts';

/** Clocks between processes, in ms. An authority speaks at every look; one that is silent for longer is doubted. */
const LOOK_MS = 250;
const SILENT_MS = 1000;
/** Whoever cannot reach the room from here for so long is let go: the load balancer may lead them to where it is. */
const LET_GO_MS = 4000;
/** How long a knock waits for the room to be found. */
const KNOCK_MS = 3000;
const AGAIN_MS = 20;
/** How long it may take to find out that a client who asks for something is still logged in. */
const LOGIN_MS = 10_000;
/** A process without connections forgets a room of another one's after. */
const FORGET_MS = 10_000;

type Post = { up: (message: Up) => void; down: (message: Down) => void };
/** All that such a room asks of the world outside of this process but its lease. */
export type SharedOutside = {
  /** As the room's authority. */
  fenced: (lease: Lease) => RoomOutside;
  stillEntitled: (admission: Admission) => Promise<AuthenticatedActor>;
};
const database: SharedOutside = {
  fenced: fencedOutside,
  stillEntitled: async (admission) =>
    mustStillBeEntitled(admission, await sharedSession(admission.sessionId)),
};
const delay = (ms: number) => new Promise((done) => setTimeout(done, ms));

type Authority = { lease: Lease; room: LiveRoom; hub: Hub };
type Acknowledge = (answer: Acknowledgement) => void;

/**
 * A room as one of several processes has it. Either this process is the room's authority, or it passes on between its
 * own connections and the authority; which of both, the lease says. Connections stay when that changes.
 */
export class SharedRoom {
  private readonly members = new Map<number, Connection>();
  private readonly ids = new Map<Connection, number>();
  private readonly asked = new InOrder<Connection>(LOGIN_MS);
  private lastId = 0;
  private authority: Authority | null = null;
  private outpost: Outpost | null = null;
  private seeking: Promise<void> | undefined;
  private waited: Promise<void> | undefined;
  /** Since when nobody here knows what the room shows; undefined while they do. */
  private adriftSince: number | undefined;
  private emptySince = performance.now();
  private readonly looker: NodeJS.Timeout;
  private readonly rechecker: NodeJS.Timeout;
  private closed = false;

  constructor(
    readonly sessionId: string,
    private readonly times: RoomTimes,
    private readonly leases: LeaseKeeper,
    private readonly post: Post,
    private readonly outside: SharedOutside = database,
  ) {
    this.looker = setInterval(() => this.look(), LOOK_MS);
    this.rechecker = setInterval(() => void this.recheck(), times.recheckMs);
    this.looker.unref();
    this.rechecker.unref();
  }

  /** Nobody has needed it here for a while. */
  get idle(): boolean {
    if (this.members.size > 0) return false;
    const forgetMs = this.authority ? this.times.idleMs : FORGET_MS;
    return performance.now() - this.emptySince > forgetMs;
  }

  /** Resolves when somebody can be let in, by what the room knows of its session now. Throws `unavailable`. */
  async ready(): Promise<void> {
    // Whoever knocks is about to come in: it is not forgotten before that.
    this.emptySince = performance.now();
    for (const deadline = performance.now() + KNOCK_MS; performance.now() < deadline; await this.moment()) {
      if (this.closed) break;
      if (!this.authority && (!this.outpost || this.doubted)) await this.seek();
      if (this.authority?.lease.held) return this.authority.room.refresh();
      if (this.outpost?.linked && !this.doubted) return;
    }
    throw new AppError('unavailable');
  }

  /** Until it is worth looking again; the same for all who wait. */
  private moment(): Promise<void> {
    this.waited ??= delay(AGAIN_MS).then(() => {
      this.waited = undefined;
    });
    return this.waited;
  }

  /** Whether the process that had the room last is not heard: it may be dead, also where nobody here misses it yet. */
  private get doubted(): boolean {
    return this.outpost !== null && performance.now() - this.outpost.heardAt > SILENT_MS;
  }

  /** The colour of a person; the authority, where it is another process, gives one itself. */
  colourFor(personId: string): string {
    return this.authority?.room.colourFor(personId) ?? '';
  }

  join(connection: Connection): void {
    if (this.closed) {
      connection.hangUp();
      return;
    }
    this.lastId += 1;
    this.members.set(this.lastId, connection);
    this.ids.set(connection, this.lastId);
    if (this.authority) this.authority.room.join(connection);
    else this.outpost?.enter(this.lastId, connection);
  }

  leave(connection: Connection): void {
    const id = this.ids.get(connection) ?? 0;
    this.ids.delete(connection);
    this.members.delete(id);
    this.authority?.room.leave(connection);
    this.outpost?.leave(id);
  }

  receive(connection: Connection, type: string, message: unknown, acknowledge: unknown): void {
    if (this.authority?.lease.held) {
      const { lease, room } = this.authority;
      receive(room, connection, type, message, this.whileHeld(lease, acknowledge));
    } else if (this.outpost) this.passOn(connection, type, message, acknowledge);
    // Nobody knows who presents now.
    else if (typeof acknowledge !== 'function') connection.refuse('unavailable');
    else this.drift();
  }

  /**
   * Whoever loses the room before it has decided does not answer: the client asks again with its next snapshot. That
   * there will be one must be sure, also where the lease is back before anybody has looked.
   */
  private whileHeld(lease: Lease, acknowledge: unknown): unknown {
    if (typeof acknowledge !== 'function') return acknowledge;
    return (answer: Acknowledgement) => {
      if (answer.ok || lease.held) acknowledge(answer);
      else if (this.authority?.lease === lease) this.drift();
    };
  }

  /** What another process's clients say. */
  hearUp(up: Up): void {
    this.authority?.hub.hear(up);
  }

  /** What a process says that is, or was, this room's authority. */
  hearDown(down: Down): void {
    if (down.released) void this.seek();
    else if (this.authority && down.epoch > this.authority.lease.epoch) this.giveWay();
    else if (this.outpost && down.epoch > this.outpost.authority.epoch)
      this.follow({ holder: down.from, epoch: down.epoch });
    else this.outpost?.hear(down);
  }

  notice(notice: Notice): void {
    void this.authority?.room.notice(notice);
  }

  /** Notices may have been lost on their way to the authority: everybody reads anew what is read beside the room. */
  async missed(): Promise<void> {
    const { authority } = this;
    await authority?.room.recheck();
    if (authority?.lease.held && authority === this.authority) this.tellAnew(authority);
  }

  /** Gives the room up: what is being decided is finished first. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.looker);
    clearInterval(this.rechecker);
    await this.seeking;
    const { authority, sessionId } = this;
    this.authority = null;
    this.outpost = null;
    if (!authority) return;
    const { lease, room } = authority;
    await room.close();
    await this.leases
      .release(lease)
      .catch((error) => log.warn({ err: error, sessionId }, 'lease not given back'));
    const from = this.leases.processId;
    const free = { epoch: lease.epoch, n: 0, links: {}, words: [], released: true } as const;
    this.post.down({ from, sessionId, ...free, words: [] });
  }

  // ------------------------------------------------------------------------------------------- who has the room now

  private seek(): Promise<void> {
    this.seeking ??= this.find()
      .catch((error) => log.warn({ err: error, sessionId: this.sessionId }, 'the room was not found'))
      .finally(() => {
        this.seeking = undefined;
      });
    return this.seeking;
  }

  private async find(): Promise<void> {
    if (this.closed || this.authority) return;
    const lease = await this.leases.take(this.sessionId);
    if (lease) return this.rule(lease);
    const now = await this.leases.holderOf(this.sessionId);
    // This process may have lost it a moment ago to nobody: then it waits for the end of its own lease.
    if (!now || now.holder === this.leases.processId || this.closed) return;
    if (now.epoch !== this.outpost?.authority.epoch) this.follow(now);
  }

  /** This process is the authority from now on: the room is opened as it was last, with everybody who is here. */
  private async rule(lease: Lease): Promise<void> {
    const outside = this.outside.fenced(lease);
    let room: LiveRoom;
    try {
      room = await LiveRoom.open(this.sessionId, this.times, outside);
    } catch (error) {
      await this.leases.release(lease);
      throw error;
    }
    const { processId } = this.leases;
    this.authority = { lease, room, hub: new Hub(room, lease, processId, (down) => this.post.down(down)) };
    this.authority.hub.announce();
    this.outpost = null;
    this.adriftSince = undefined;
    for (const member of this.members.values()) {
      member.participant = { ...member.participant, colour: room.colourFor(member.personId) };
      room.join(member);
    }
  }

  private follow(authority: Outpost['authority']): void {
    const { sessionId, members } = this;
    this.outpost = new Outpost(authority, sessionId, this.leases.processId, members, this.post.up);
  }

  /** Another process has the room: this one's life of it ends without a word more. */
  private giveWay(): void {
    const { authority, sessionId } = this;
    this.authority = null;
    if (!authority) return;
    authority.lease.lost = true;
    void authority.room.close().catch((error) => log.warn({ err: error, sessionId }, 'room not closed'));
    this.drift();
    void this.seek();
  }

  private look(): void {
    if (this.members.size > 0 || this.authority?.room.empty === false) this.emptySince = performance.now();
    if (this.authority) this.lookAsAuthority(this.authority);
    else if (this.outpost) this.lookAsOutpost(this.outpost);
    else if (this.members.size > 0) void this.seek();
    if (this.adriftSince === undefined || performance.now() - this.adriftSince < LET_GO_MS) return;
    for (const member of [...this.members.values()]) member.hangUp();
  }

  private lookAsAuthority(authority: Authority): void {
    const { lease, hub } = authority;
    if (lease.lost) this.giveWay();
    else if (!lease.held) this.drift();
    else {
      hub.beat();
      // The database was away, and nobody has taken the room.
      if (this.adriftSince !== undefined) this.tellAnew(authority);
    }
  }

  private tellAnew({ room, hub }: Authority): void {
    this.adriftSince = undefined;
    for (const member of this.members.values()) room.tellAll(member, member.admission.lastSeq);
    hub.startAnew();
  }

  private lookAsOutpost(outpost: Outpost): void {
    outpost.beat();
    if (this.doubted) {
      this.drift();
      if (this.members.size > 0) void this.seek();
    } else if (outpost.linked && this.adriftSince !== undefined) this.comeBack(outpost, this.adriftSince);
  }

  /**
   * Who was told is here again by a snapshot alone. A link that began since then has brought one; one that outlived the
   * authority's silence without a gap brings none, so everybody enters anew.
   */
  private comeBack(outpost: Outpost, since: number): void {
    if ((outpost.linkedSince ?? 0) > since) this.adriftSince = undefined;
    else outpost.start();
  }

  /** Tells everybody here, once, that what they see may not be what is shown. */
  private drift(): void {
    if (this.adriftSince !== undefined) return;
    this.adriftSince = performance.now();
    for (const member of this.members.values())
      if (member.admission.protocol >= TELLS_ADRIFT_SINCE) member.line.emit('adrift');
  }

  // -------------------------------------------------------------------------------------- as another one's outpost

  private passOn(connection: Connection, type: string, message: unknown, acknowledge: unknown): void {
    const refused = whyNotTaken(connection, type, message);
    const id = this.ids.get(connection);
    if (refused) {
      connection.refuse(refused);
      if (typeof acknowledge === 'function') acknowledge({ ok: false, code: refused });
    } else if (id === undefined) return;
    else if (typeof acknowledge !== 'function') this.outpost?.pass(id, type, message);
    else {
      const answer = acknowledge as Acknowledge;
      this.asked.take(connection, this.stillEntitled(connection), (entitled) =>
        this.ask(connection, entitled, type, message, answer),
      );
    }
  }

  /** The authority decides by who the sender is at this moment; this process has their login. */
  private async ask(
    connection: Connection,
    entitled: Promise<AuthenticatedActor>,
    type: string,
    message: unknown,
    answer: Acknowledge,
  ): Promise<void> {
    try {
      const actor = await entitled;
      const id = this.ids.get(connection);
      if (id === undefined) return;
      if (this.outpost)
        this.outpost.pass(id, type, message, { actor, answer: (one) => answer(one as Acknowledgement) });
      else this.receive(connection, type, message, answer);
    } catch (error) {
      const code = codeOf(error);
      if (reasonsToLeave.has(code)) connection.end(code);
      answer({ ok: false, code });
    }
  }

  private async stillEntitled({ admission }: Connection): Promise<AuthenticatedActor> {
    admission.actor = await this.outside.stillEntitled(admission);
    return admission.actor;
  }

  /** Looks again at everybody's login; the authority does so for its own connections, and for rights of all. */
  private async recheck(): Promise<void> {
    if (this.authority) return;
    await byHundreds(this.members.values(), (member) =>
      this.stillEntitled(member).catch((error) => {
        const code = codeOf(error);
        if (reasonsToLeave.has(code)) member.end(code);
      }),
    );
  }
}
