import { randomUUID } from 'node:crypto';
import { actorFromHeaders } from '@/lib/auth/actor.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { markAttendance } from './attendance.server.ts';
import { colourOf } from './colours.ts';
import { commitEvent, type Intent } from './commit-event.server.ts';
import type { Connection } from './connection.server.ts';
import { codeOf, mustBeEntitled } from './handshake.server.ts';
import { liveMetrics } from './metrics.server.ts';
import {
  type Acknowledgement,
  type Command,
  type Notice,
  type Participant,
  type Pointer,
  PROTOCOL_VERSION,
  type RoomEvent,
  type Snapshot,
} from './protocol.ts';
import {
  applyEvent,
  applyParticipants,
  applyPointers,
  applyView,
  judge,
  presenterOf,
  type RoomModel,
} from './reducer.ts';
import {
  loadRoom,
  loadSession,
  reserveSequence,
  type SessionNow,
  type StoredRoom,
  saveView,
} from './room-store.server.ts';
import { ViewSequence } from './view-sequence.ts';
import type { ViewState } from './view-state.ts';

export type RoomTimes = {
  /** How long a presenter may be away before control falls to the chair. */
  presenterGraceMs: number;
  /** How often logins and invitations are looked at again. */
  recheckMs: number;
  /** How often at most the last view is written down. */
  saveViewMs: number;
};

const REPLAYED_EVENTS = 200;

/** One session's room in this process: who is there, what is shown, what was decided. */
export class LiveRoom {
  private model: RoomModel;
  private readonly events: RoomEvent[];
  private readonly clientIds: Map<string, number>;
  private readonly sequence: ViewSequence;
  private readonly connections = new Set<Connection>();
  private readonly colours = new Map<string, string>();
  private decisions: Promise<unknown> = Promise.resolve();
  private presenterGoneAt: number | null = null;
  private fallTimer: NodeJS.Timeout | undefined;
  private saveTimer: NodeJS.Timeout | undefined;
  private recheckTimer: NodeJS.Timeout | undefined;

  private constructor(
    readonly sessionId: string,
    private session: SessionNow,
    stored: StoredRoom,
    private readonly times: RoomTimes,
  ) {
    this.model = stored.model;
    this.events = stored.events;
    this.clientIds = stored.clientIds;
    this.sequence = new ViewSequence(stored.seqFloor, (upTo) => reserveSequence(sessionId, upTo));
    this.recheckTimer = setInterval(() => void this.recheck(), times.recheckMs);
    this.recheckTimer.unref();
  }

  /** Opens a session's room as it was last. Throws `not_found`. */
  static async open(sessionId: string, times: RoomTimes): Promise<LiveRoom> {
    const session = await loadSession(sessionId);
    const room = new LiveRoom(sessionId, session, await loadRoom(sessionId, session), times);
    await room.sequence.open();
    return room;
  }

  get empty(): boolean {
    return this.connections.size === 0;
  }

  /** What the policy says about this session now. */
  get now(): SessionNow {
    return this.session;
  }

  // ----------------------------------------------------------------------------------------------------- presence

  colourFor(personId: string): string {
    const known = this.colours.get(personId);
    if (known) return known;
    const present = new Set([...this.connections].flatMap((one) => this.colours.get(one.personId) ?? []));
    const colour = colourOf(personId, present);
    this.colours.set(personId, colour);
    return colour;
  }

  join(connection: Connection): void {
    const first = !this.isPresent(connection.personId);
    this.connections.add(connection);
    this.setParticipants();
    connection.socket.emit('snapshot', this.snapshotFor(connection, connection.admission.lastSeq));
    if (!first) return;
    this.tellParticipants(connection);
    this.noteCrossing(connection, 'room.join');
    this.noteAttendance();
    this.watchPresenter();
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection) || this.isPresent(connection.personId)) return;
    this.noteAttendance([connection]);
    this.setParticipants();
    this.tellParticipants();
    this.noteCrossing(connection, 'room.leave');
    this.watchPresenter();
  }

  snapshotFor(connection: Connection, lastSeq: number): Snapshot {
    return {
      protocol: PROTOCOL_VERSION,
      me: connection.personId,
      chairId: this.model.chairId,
      presenterId: presenterOf(this.model),
      currentItemId: this.model.currentItemId,
      requests: [...this.model.requests],
      participants: [...this.model.participants],
      pointers: Object.entries(this.model.pointers).map(([personId, pointer]) => ({ personId, pointer })),
      agendaVersion: this.model.agendaVersion,
      view: this.model.view,
      lastSeq: this.model.lastSeq,
      events: this.events.filter((event) => event.seq > lastSeq).slice(-REPLAYED_EVENTS),
    };
  }

  private isPresent(personId: string): boolean {
    return [...this.connections].some((one) => one.personId === personId);
  }

  private setParticipants(): void {
    const persons = new Map<string, Participant>();
    for (const { participant } of this.connections) persons.set(participant.personId, participant);
    this.model = applyParticipants(this.model, [...persons.values()]);
  }

  private tellParticipants(except?: Connection): void {
    for (const one of this.connections)
      if (one !== except) one.socket.emit('participants', [...this.model.participants]);
  }

  private noteCrossing({ admission }: Connection, action: 'room.join' | 'room.leave'): void {
    const { centreId } = this.session.facts;
    withAudit(admission.actor, async (_tx, audit) => {
      audit({ action, resourceType: 'session', resourceId: this.sessionId, centreId });
    }).catch((error) => log.error({ err: error }, `${action} not audited`));
  }

  private noteAttendance(also: readonly Connection[] = []): void {
    const itemId = this.model.currentItemId;
    if (!itemId) return;
    const persons = new Map([...this.connections, ...also].map((one) => [one.personId, one.admission]));
    void markAttendance(itemId, this.session.facts.centreId, [...persons.values()]);
  }

  // ------------------------------------------------------------------------------------------------------ looking

  /** The presenter's view, parsed already: numbered, kept, relayed. Nothing of it touches the database. */
  look(connection: Connection, itemId: string, view: ViewState): void {
    const seq = this.mayLook(connection, itemId) ? this.sequence.next() : undefined;
    if (seq === null) connection.refuse('unavailable');
    if (!seq) return;
    const shared = { seq, itemId, by: connection.personId, view };
    this.model = applyView(this.model, shared);
    liveMetrics.messages.inc({ kind: 'view' });
    for (const one of this.connections) {
      if (one === connection) one.taken.offer(seq);
      else one.view.offer(shared);
    }
    this.saveTimer ??= setTimeout(() => void this.saveView(), this.times.saveViewMs);
  }

  private mayLook(connection: Connection, itemId: string): boolean {
    if (presenterOf(this.model) !== connection.personId) connection.refuse('live_not_presenter');
    else if (itemId !== this.model.currentItemId) connection.refuse('state_conflict');
    else return true;
    return false;
  }

  point(connection: Connection, pointer: Pointer): void {
    const update = [{ personId: connection.personId, pointer }];
    this.model = applyPointers(this.model, update);
    liveMetrics.messages.inc({ kind: 'pointer' });
    for (const one of this.connections) if (one.personId !== connection.personId) one.pointers.offer(update);
  }

  private async saveView(): Promise<void> {
    clearTimeout(this.saveTimer);
    this.saveTimer = undefined;
    const { view } = this.model;
    if (view)
      await saveView(this.sessionId, view).catch((error) => log.error({ err: error }, 'view not kept'));
  }

  // ----------------------------------------------------------------------------------------------------- deciding

  /** One command after the other. The same `clientId` again gets the answer that it got before. */
  command(connection: Connection, command: Command): Promise<Acknowledgement> {
    return this.inTurn(async (): Promise<Acknowledgement> => {
      try {
        const known = this.clientIds.get(command.clientId);
        if (known !== undefined) return { ok: true, seq: known };
        const actor = await this.stillEntitled(connection);
        const verdict = judge(this.model, actor.personId, command);
        if (!verdict.ok) throw new AppError(verdict.code);
        const event = await this.decide(actor, {
          ...verdict.event,
          by: actor.personId,
          clientId: command.clientId,
        });
        return { ok: true, seq: event.seq };
      } catch (error) {
        const code = codeOf(error);
        liveMetrics.refused.inc({ code });
        if (code === 'session_expired' || code === 'unauthenticated') connection.end('session_expired');
        return { ok: false, code };
      }
    });
  }

  private async decide(actor: Connection['admission']['actor'], intent: Intent): Promise<RoomEvent> {
    const event = await commitEvent(actor, this.sessionId, this.session.facts, intent);
    // The marks of the case that is left are moved to its end before another one is opened.
    if (event.type === 'item.open') this.noteAttendance();
    this.model = applyEvent(this.model, event);
    this.events.push(event);
    this.clientIds.set(intent.clientId, event.seq);
    liveMetrics.messages.inc({ kind: 'event' });
    for (const one of this.connections) one.socket.emit('event', event);
    if (event.type === 'item.open') this.noteAttendance();
    this.watchPresenter();
    return event;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.decisions.then(work);
    this.decisions = turn.catch(() => undefined);
    return turn;
  }

  /** A presenter who is gone for longer than a bad connection lasts: control falls to the chair, the view stays. */
  private watchPresenter(): void {
    clearTimeout(this.fallTimer);
    const presenterId = presenterOf(this.model);
    const { chairId } = this.model;
    if (presenterId === chairId || this.isPresent(presenterId)) {
      this.presenterGoneAt = null;
      return;
    }
    this.presenterGoneAt ??= Date.now();
    if (!this.isPresent(chairId)) return;
    const wait = Math.max(0, this.presenterGoneAt + this.times.presenterGraceMs - Date.now());
    this.fallTimer = setTimeout(() => void this.fall(presenterId), wait);
    this.fallTimer.unref();
  }

  private fall(gone: string): Promise<void> {
    return this.inTurn(async () => {
      const { chairId } = this.model;
      const chair = [...this.connections].find((one) => one.personId === chairId);
      if (!chair || presenterOf(this.model) !== gone || this.isPresent(gone)) return;
      const intent = { type: 'control.fall', by: chairId, to: chairId, clientId: randomUUID() } as const;
      await this.decide(chair.admission.actor, intent).catch((error) =>
        log.error({ err: error }, 'control did not fall'),
      );
    });
  }

  // ------------------------------------------------------------------------------------------------------- rights

  private async stillEntitled(connection: Connection) {
    const actor = await actorFromHeaders(connection.admission.credentials, 'live');
    if (!actor) throw new AppError('session_expired');
    mustBeEntitled(actor, this.session);
    return actor;
  }

  /** Looks again at the session and at everybody's login; shows out whoever may no longer be here. */
  async recheck(): Promise<void> {
    try {
      const before = this.model.chairId;
      this.session = await loadSession(this.sessionId);
      const { facts, agendaVersion } = this.session;
      this.model = {
        ...this.model,
        chairId: facts.chairId,
        agendaVersion: Math.max(this.model.agendaVersion, agendaVersion),
      };
      if (facts.chairId !== before) {
        for (const one of this.connections)
          one.socket.emit('snapshot', this.snapshotFor(one, this.model.lastSeq));
        this.watchPresenter();
      }
      for (const one of this.connections) {
        await this.stillEntitled(one).catch((error) => {
          // A database that does not answer is no reason to end a meeting.
          if (isAppError(error)) one.end(error.code === 'unauthenticated' ? 'session_expired' : error.code);
        });
      }
    } catch (error) {
      log.error({ err: error, sessionId: this.sessionId }, 'room not rechecked');
    }
  }

  /** Something was committed elsewhere: everybody hears it, and pulls what changed. */
  async notice(notice: Notice): Promise<void> {
    if (notice.type === 'session.changed') await this.recheck();
    if (notice.type === 'agenda.changed') {
      this.model = { ...this.model, agendaVersion: Math.max(this.model.agendaVersion, notice.version) };
    }
    for (const one of this.connections) one.socket.emit('notice', notice);
  }

  /** Writes down what is not yet, and lets go of the clocks. */
  async close(): Promise<void> {
    clearTimeout(this.fallTimer);
    clearInterval(this.recheckTimer);
    await this.decisions;
    if (this.saveTimer) await this.saveView();
  }
}
