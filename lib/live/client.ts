import { io, type Socket } from 'socket.io-client';
import { backAfterMs, dialling, PASSING } from './dialling.ts';
import { hasLost } from './last-word.ts';
import { LookingAlong } from './looking-along.ts';
import type { Mark } from './mark-state.ts';
import { PendingCommands } from './pending-commands.ts';
import { PointingSender } from './pointing-sender.ts';
import {
  type Acknowledgement,
  type ClientMessages,
  type Command,
  type Missing,
  type Pointer,
  PROTOCOL_VERSION,
  type RoomEvent,
  type ServerMessages,
} from './protocol.ts';
import {
  applyEvent,
  applyParticipants,
  applyPointers,
  applySnapshot,
  applyView,
  isObserver,
  presenterOf,
  type RoomModel,
  shownView,
} from './reducer.ts';
import { outside, type RoomClientOptions, type RoomHandlers, type RoomState } from './room-state.ts';
import { SentViews } from './sent-views.ts';
import { ServerClock } from './server-clock.ts';
import { SightTeller } from './sight-teller.ts';
import { type ViewMessage, ViewSender } from './view-sender.ts';
import type { ViewState } from './view-state.ts';

/**
 * A room as one tab sees it, without any framework. Reconnects by itself to the present state; what this tab decided
 * while it was away is sent again under the same id, so that it happens once; what was meant for that moment is not.
 */
export class RoomClient {
  private readonly socket: Socket<ServerMessages, ClientMessages>;
  private readonly listeners = new Set<() => void>();
  private readonly pending = new PendingCommands((command, answered) =>
    this.socket.emit('command', command, answered),
  );
  private readonly views: ViewSender;
  private readonly pointing: PointingSender;
  private readonly sights: SightTeller;
  readonly along: LookingAlong;
  private readonly clock = new ServerClock();
  private current: RoomState = { ...outside, serverNow: () => this.clock.now() };
  /** What this tab shows or sent last, to be sent again when the server has forgotten it. */
  private mine: ViewMessage | null = null;
  private readonly sent = new SentViews();
  /** What the server numbered last of what this tab sent. */
  private confirmed: ViewMessage | null = null;
  private away = false;
  private offlineTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly offlineAfterMs: number;

  constructor(
    options: RoomClientOptions,
    private readonly on: RoomHandlers = {},
  ) {
    this.offlineAfterMs = options.offlineAfterMs ?? 15_000;
    this.views = new ViewSender((message) => this.sendView(message));
    this.sights = new SightTeller(
      (sight) => this.current.connection === 'live' && this.socket.emit('sight', sight),
      () => this.set({ standing: this.sights.standing, missing: this.sights.missing }),
      options.images === false,
    );
    this.along = new LookingAlong({
      send: (type, content) => this.current.connection === 'live' && this.socket.emit(type, content),
      state: () => this.current,
      mine: () => this.mine,
      become: (change) => this.set(change),
      follow: () => this.follow(),
      show: (view, itemId, n) => this.on.onGlimpse?.(view, itemId, n),
      saw: (second) => this.sights.second(second),
    });
    this.pointing = new PointingSender({
      pointer: (pointer) => this.socket.connected && this.socket.emit('pointer', pointer),
      mark: (mark) => this.socket.connected && this.socket.emit('mark', mark),
    });
    this.socket = (options.dial ?? io)(options.url ?? '', {
      ...dialling,
      extraHeaders: options.headers,
      auth: (give) =>
        give({
          sessionId: options.sessionId,
          protocol: PROTOCOL_VERSION,
          lastSeq: this.current.room?.lastSeq ?? 0,
          ...(options.token && { token: options.token }),
        }),
    });
    this.listen();
    this.startOfflineClock();
    this.socket.connect();
  }

  get state(): RoomState {
    return this.current;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get presenting(): boolean {
    const { me, room } = this.current;
    return me !== null && room !== null && presenterOf(room) === me;
  }

  /**
   * The user's own move. The presenter shares it, at most once a tick; anybody else looks freely from now on.
   * @param ofItem the agenda item whose images moved; a move in another case than the open one is nobody's
   */
  moved(view: ViewState, ofItem?: string): void {
    const itemId = this.current.room?.currentItemId;
    // The viewer of a case that is being left may still speak: its view must never stand under the next case.
    if (!itemId || (ofItem !== undefined && ofItem !== itemId)) return;
    this.mine = { itemId, view };
    if (this.presenting) this.views.offer(this.mine);
    else this.along.moved(this.mine);
  }

  /** Looks along with somebody who does not present, for as long as they look freely: that is looking freely too. */
  watch(personId: string): void {
    if (!this.presenting && this.current.room?.currentItemId) this.along.watch(personId);
  }

  /** Back to what is shared. */
  follow(): void {
    if (this.presenting || !this.current.free) return;
    this.along.follow();
    this.show();
  }

  /** Every viewport has painted the shared view of that number, but for what is missing. */
  painted(seq: number, missing: readonly Missing[]): void {
    this.sights.painted(seq, missing);
  }

  /** The page is hidden, or seen again. */
  hidden(hidden: boolean): void {
    this.away = hidden;
    this.tellDoing();
  }

  point(pointer: Pointer): void {
    if (!this.observes) this.pointing.point(pointer);
  }

  /** What this user draws that fades, as far as it is drawn. The last of each mark always leaves. */
  mark(mark: Mark): void {
    if (!this.observes) this.pointing.mark(mark);
  }

  private get observes(): boolean {
    const { me, room } = this.current;
    return me !== null && room !== null && isObserver(room, me);
  }

  /**
   * Asks the server to decide; resolves when it has, over lost connections too, or when it is too late for what was
   * meant for the room as it was. Never rejects.
   */
  command(command: Command): Promise<Acknowledgement> {
    return new Promise((settle) => {
      const { room, connection } = this.current;
      this.pending.add(command, settle, { room, live: connection === 'live' });
    });
  }

  /** After a new sign-in, or by hand. */
  reconnect(): void {
    this.set({ ended: null, connection: 'reconnecting' });
    this.startOfflineClock();
    this.socket.disconnect().connect();
  }

  close(): void {
    for (const one of [this.views, this.pointing, this.sights, this.along]) one.stop();
    clearTimeout(this.offlineTimer);
    clearTimeout(this.retryTimer);
    this.listeners.clear();
    this.socket.removeAllListeners();
    this.socket.disconnect();
    this.pending.fail('unavailable');
  }

  // ------------------------------------------------------------------------------------------------ from the server

  private listen(): void {
    const { socket } = this;
    socket.on('snapshot', (snapshot) => {
      const before = this.current.room;
      const room = applySnapshot(before, snapshot);
      const lost = hasLost(before, this.mine, this.confirmed, snapshot);
      clearTimeout(this.offlineTimer);
      this.clock.restart(Date.parse(snapshot.now));
      this.views.restart();
      this.set({
        connection: 'live',
        me: snapshot.me,
        room,
        ended: null,
        snapshots: this.current.snapshots + 1,
      });
      this.sights.restart(snapshot.sightEveryMs);
      if (before)
        for (const event of snapshot.events) if (event.seq > before.lastSeq) this.on.onEvent?.(event);
      this.on.onParticipants?.(room.participants, before?.participants ?? room.participants);
      this.on.onPointers?.(room.pointers);
      this.settleRole(before);
      if (lost && this.presenting && this.mine?.itemId === room.currentItemId) this.views.offer(this.mine);
      else if (!this.current.free) this.show();
      this.pending.reached(room);
      this.along.again();
    });
    socket.on('view', (view) => {
      const { room } = this.current;
      if (!room) return;
      const next = applyView(room, view);
      if (next === room) return;
      // This presenter's other tab has the last word now.
      if (this.presenting) this.mine = null;
      // Not through `set`: thirty times a second nobody but the viewer needs to know.
      this.current = { ...this.current, room: next };
      if (!this.current.free) this.show();
    });
    socket.on('taken', (seq, n) => {
      this.taken(seq, this.sent.find(n));
      this.views.answered();
    });
    socket.on('pointers', (updates) => {
      const { room } = this.current;
      if (!room) return;
      this.current = { ...this.current, room: applyPointers(room, updates) };
      this.on.onPointers?.(this.current.room?.pointers ?? {});
    });
    socket.on('marks', (marks) => this.on.onMarks?.(marks));
    socket.on('participants', (participants) => {
      const { room } = this.current;
      if (!room) return;
      this.set({ room: applyParticipants(room, participants) });
      this.on.onParticipants?.(participants, room.participants);
      this.on.onPointers?.(this.current.room?.pointers ?? {});
    });
    socket.on('glimpse', (glimpse) => this.along.see(glimpse));
    socket.on('watched', (watchers) => {
      this.set({ watchers });
      this.along.tell();
    });
    socket.on('pace', (everyMs) => this.sights.pace(everyMs));
    socket.on('standings', (news) => {
      const standings = new Map(this.current.standings);
      for (const one of news) standings.set(one.personId, one);
      this.set({ standings });
    });
    socket.on('event', (event) => {
      this.clock.heard(Date.parse(event.at));
      this.onEvent(event);
    });
    socket.on('gone', (gone) => {
      if (this.current.room) this.set({ room: { ...this.current.room, gone } });
    });
    socket.on('notice', (notice) => {
      const { room } = this.current;
      if (room && notice.type === 'agenda.changed')
        this.set({ room: { ...room, agendaVersion: notice.version } });
      this.on.onNotice?.(notice);
    });
    socket.on('refused', ({ code }) => this.on.onRefused?.(code));
    socket.on('ended', ({ code }) => this.end(code));
    socket.on('adrift', () => {
      this.set({ connection: 'reconnecting' });
      this.startOfflineClock();
    });
    socket.on('disconnect', () => {
      if (this.current.ended) return;
      this.set({ connection: 'reconnecting' });
      this.startOfflineClock();
      // The server's own goodbye (it stops, or is replaced) is no reason to stay away.
      // Not all of a crowd in the same moment.
      if (!socket.active) this.retryTimer = setTimeout(() => socket.connect(), backAfterMs());
    });
    socket.on('connect_error', (error) => {
      const code = (error as Error & { data?: { code?: string } }).data?.code;
      if (code === undefined) return;
      if (!PASSING.has(code)) return this.end(code === 'unauthenticated' ? 'session_expired' : code);
      this.retryTimer = setTimeout(() => socket.connect(), 1000);
    });
  }

  /** A view that this tab sent has its number. By now the tab may show another, or not present any more. */
  private taken(seq: number, message: ViewMessage | undefined): void {
    const { room, me } = this.current;
    if (!room || !me || !message) return;
    this.current = { ...this.current, room: applyView(room, { ...message, seq, by: me }) };
    this.confirmed = message;
    if (!this.presenting && !this.current.free) {
      this.show();
      return;
    }
    this.on.onSeq?.(seq);
    this.sights.shown(seq);
    if (message === this.mine) this.sights.painted(seq, []);
  }

  private onEvent(event: RoomEvent): void {
    const before = this.current.room;
    if (!before) return;
    const room = applyEvent(before, event);
    if (room === before) return;
    this.set({ room });
    // Too early: not applied. One that fills a gap is, and is told, though others may still be missing.
    if (room.lastSeq === before.lastSeq) {
      this.socket.emit('resync', before.lastSeq);
      return;
    }
    this.settleRole(before);
    if (event.type === 'item.open') {
      // Another case: everybody looks at it, wherever they were.
      this.mine = null;
      this.along.forget();
      this.set({ free: false, following: !this.presenting, watching: null });
      this.show();
    }
    this.on.onEvent?.(event);
  }

  /** Who becomes presenter while looking freely shares that; who no longer presents follows. */
  private settleRole(before: RoomModel | null): void {
    const { me, room, free } = this.current;
    if (!me || !room) return;
    const was = before !== null && presenterOf(before) === me;
    if (this.presenting) {
      if (!was && free && this.mine?.itemId === room.currentItemId) this.views.offer(this.mine);
      this.along.forget();
      this.set({ free: false, following: false, watching: null });
      if (!was) this.along.tell();
    } else {
      this.views.drop();
      this.set({ following: !free });
      // What was moved last may never have left: back to what is shared.
      if (was && !free) this.show();
    }
  }

  private show(): void {
    const { room } = this.current;
    if (!room) return;
    const view = shownView(room);
    this.sights.shown(view?.seq ?? null);
    this.on.onView?.(view);
    if (view) this.on.onSeq?.(view.seq);
  }

  private sendView(message: ViewMessage): boolean {
    const live = this.socket.connected && this.current.connection === 'live';
    return live && Boolean(this.socket.emit('view', { ...message, n: this.sent.count(message) }));
  }

  private end(code: string): void {
    clearTimeout(this.offlineTimer);
    this.set({ ended: code, connection: 'offline' });
    this.socket.disconnect();
    if (code === 'session_expired') return;
    this.pending.fail(code);
  }

  private startOfflineClock(): void {
    clearTimeout(this.offlineTimer);
    this.offlineTimer = setTimeout(() => this.set({ connection: 'offline' }), this.offlineAfterMs);
  }

  private set(change: Partial<RoomState>): void {
    this.current = { ...this.current, ...change };
    this.tellDoing();
    for (const listener of this.listeners) listener();
  }

  private tellDoing(): void {
    this.sights.doing(this.away ? 'away' : this.current.free ? 'free' : 'follow');
  }
}
