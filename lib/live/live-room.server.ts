import { isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { Broadcast } from './broadcast.server.ts';
import { byHundreds } from './by-hundreds.ts';
import type { Connection } from './connection.server.ts';
import { Crowd } from './crowd.server.ts';
import { DecidingLane } from './deciding-lane.server.ts';
import { reasonsToLeave, whyNotIn } from './handshake.server.ts';
import { imagesOf } from './images-named.ts';
import { untold } from './intent.ts';
import { judge } from './judge.ts';
import { LaneEntry } from './lane-entry.server.ts';
import { liveMetrics } from './metrics.server.ts';
import { knowsEvent } from './older-words.ts';
import { OpenCase } from './open-case.server.ts';
import { Pointing } from './pointing.server.ts';
import { PresenceLog } from './presence-log.server.ts';
import { PresenterWatch } from './presenter-watch.ts';
import type {
  Acknowledgement,
  Command,
  Notice,
  PointerUpdate,
  RoomEvent,
  Sight,
  Snapshot,
} from './protocol.ts';
import { RecentViews } from './recent-views.ts';
import { RecordKeeper } from './record/keeper.server.ts';
import {
  applyEvent,
  applyParticipants,
  applyPointers,
  applyView,
  presenterOf,
  type RoomModel,
  secondOf,
  shownView,
} from './reducer.ts';
import type { RoomOutside } from './room-outside.server.ts';
import type { SessionNow, StoredRoom } from './room-store.server.ts';
import { type RoomTimes, tellPeopleEveryMs } from './room-times.ts';
import { SharedReadings } from './shared-readings.ts';
import { SightWatch } from './sight-watch.server.ts';
import { snapshotOf } from './snapshot.server.ts';
import { TermKeeper } from './term-keeper.server.ts';
import { Throttle } from './throttle.ts';
import { no } from './verdict.ts';
import { ViewKeeper } from './view-keeper.server.ts';
import { ViewSequence } from './view-sequence.ts';
import type { ViewState } from './view-state.ts';
import { Watching } from './watching.server.ts';

/** One session's room in this process: who is there, what is shown, what was decided. */
export class LiveRoom {
  private model: RoomModel;
  private readonly lane: DecidingLane;
  private readonly entry: LaneEntry;
  private readonly sequence: ViewSequence;
  private readonly crowd = new Crowd();
  readonly watching: Watching;
  readonly pointing: Pointing;
  private readonly presence: PresenceLog;
  private readonly comings: Throttle<void>;
  private readonly views: ViewKeeper;
  private readonly presenter: PresenterWatch;
  private readonly terms: TermKeeper;
  readonly sights: SightWatch;
  private readonly record: RecordKeeper;
  private readonly readings = new SharedReadings(() => this.readSession());
  private readonly recent = new RecentViews();
  private readonly images: OpenCase;
  private recheckTimer: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    readonly sessionId: string,
    private session: SessionNow,
    stored: StoredRoom,
    private readonly times: RoomTimes,
    private readonly outside: RoomOutside,
  ) {
    this.model = stored.model;
    this.lane = new DecidingLane(sessionId, outside, stored.lane, (event) => this.show(event));
    const now = () => ({ model: this.model, facts: this.session.facts });
    this.terms = new TermKeeper(sessionId, this.lane, now, times.presenterGraceMs);
    this.sequence = new ViewSequence(
      stored.seqFloor,
      (upTo) => outside.reserveSequence(sessionId, upTo),
      outside.held,
    );
    this.presence = new PresenceLog(sessionId, outside);
    this.comings = new Throttle(
      () => tellPeopleEveryMs(this.model.participants.length),
      () => this.crowd.tell(new Broadcast('participants', [...this.model.participants])),
    );
    this.views = new ViewKeeper(sessionId, outside, times.saveViewMs);
    this.presenter = new PresenterWatch(times.presenterGraceMs, (gone) => this.missPresenter(gone));
    const second = () => secondOf(this.model);
    this.sights = new SightWatch(this.crowd, (personId) => this.leads(personId), second);
    this.images = new OpenCase(outside.loadImages);
    this.images.open(this.model.currentItemId);
    this.entry = new LaneEntry(this.lane, this.images, (...asked) => this.decide(...asked));
    const model = () => this.model;
    this.watching = new Watching(this.crowd, model, this.images, (n) => this.sights.secondShown(n));
    this.record = new RecordKeeper(sessionId, outside);
    const point = (update: PointerUpdate) => {
      this.model = applyPointers(this.model, [update]);
    };
    this.pointing = new Pointing(this.crowd, model, point, this.record);
    const kept = shownView(this.model);
    if (kept) this.sights.viewTaken(kept.seq);
    if (kept) this.recent.add(kept);
  }

  /** Opens a session's room as it was last. Throws `not_found`. */
  static async open(sessionId: string, times: RoomTimes, outside: RoomOutside): Promise<LiveRoom> {
    const session = await outside.loadSession(sessionId);
    const stored = await outside.loadRoom(sessionId, session);
    const room = new LiveRoom(sessionId, session, stored, times, outside);
    await room.sequence.open();
    room.recheckLater();
    room.terms.look(room.model, false);
    return room;
  }

  get empty(): boolean {
    return this.crowd.empty;
  }

  get emptyForMs(): number {
    return this.crowd.emptyForMs;
  }

  // ----------------------------------------------------------------------------------------------------- presence

  colourFor(personId: string): string {
    return this.crowd.colourFor(personId);
  }

  /** Lets somebody in who was found entitled a moment ago; what was learnt of the session since then counts. */
  join(connection: Connection): void {
    const { actor, lastSeq } = connection.admission;
    const refused = whyNotIn(actor, this.session);
    if (this.closed) connection.hangUp();
    else if (refused) connection.end(refused);
    if (this.closed || refused) return;
    const first = this.crowd.add(connection);
    this.model = applyParticipants(this.model, this.crowd.participants());
    this.tellAll(connection, lastSeq);
    this.sights.later();
    this.keepRecord();
    if (first) this.crossed(connection, 'room.join');
  }

  leave(connection: Connection): void {
    const last = this.crowd.remove(connection);
    this.images.forget(connection.view, connection.glimpses);
    this.watching.left(connection);
    this.sights.later();
    if (!last) return;
    this.pointing.away(connection.personId);
    this.model = applyParticipants(this.model, this.crowd.participants());
    this.crossed(connection, 'room.leave');
    this.keepRecord();
  }

  /** Everything as it is now, and what a snapshot has no word for. */
  tellAll(connection: Connection, lastSeq: number): void {
    connection.tellAll(this.snapshotFor(connection, lastSeq));
    this.watching.tellAnew(connection);
  }

  snapshotFor(connection: Connection, lastSeq: number): Snapshot {
    return snapshotOf(this.model, connection, this.lane.after(lastSeq), this.crowd.size);
  }

  /** The presenter and the chair. */
  private leads(personId: string): boolean {
    return personId === this.model.chairId || personId === presenterOf(this.model);
  }

  /** Somebody came or went: the others hear it, it is written down, and a presenter's absence is timed. */
  private crossed(connection: Connection, action: 'room.join' | 'room.leave'): void {
    this.comings.offer();
    this.presence.crossing(connection.admission.actor, action, this.session.facts.centreId);
    this.noteAttendance(connection);
    this.watchPresenter();
  }

  private noteAttendance(...also: Connection[]): void {
    const itemId = this.model.currentItemId;
    if (!itemId) return;
    const persons = new Map([...this.crowd, ...also].map((one) => [one.personId, one.admission.actor]));
    this.presence.attendance(itemId, [...persons.values()], this.session.facts.centreId);
  }

  /** Recorded is while somebody is there, unless the chair has switched it off. */
  private keepRecord(): void {
    const wanted = !this.closed && !this.crowd.empty && this.model.recording;
    this.record.want(wanted, shownView(this.model));
  }

  // ------------------------------------------------------------------------------------------------------ looking

  /** The presenter's view, parsed already. Nothing of it touches the database while it shows what is known of the case. */
  look(connection: Connection, itemId: string, view: ViewState, n?: number): void {
    if (!this.mayLook(connection, itemId)) return;
    const { newest } = this.sequence;
    this.images.check(connection.view, imagesOf(view), (ofCase) => {
      // Case and presenter may be others by then.
      if (!this.mayLook(connection, itemId)) return;
      if (!ofCase) connection.refuse('live_not_of_case');
      // Where it had to wait another tab may have shown what is newer.
      else if (newest === this.sequence.newest) this.share(connection, itemId, view, n);
    });
  }

  /** Numbered, kept, relayed. */
  private share(connection: Connection, itemId: string, view: ViewState, n?: number): void {
    const seq = this.sequence.next();
    if (seq === null) connection.refuse('unavailable');
    if (!seq) return;
    const shared = { seq, itemId, by: connection.personId, view };
    this.model = applyView(this.model, shared);
    liveMetrics.messages.inc({ kind: 'view' });
    const told = new Broadcast('view', shared);
    for (const one of this.crowd) {
      if (one === connection) one.taken.offer(new Broadcast('taken', seq, n));
      else one.view.offer(told);
    }
    this.views.keep(shared);
    this.record.view(shared);
    this.recent.add(shared);
    this.sights.viewTaken(seq);
  }

  /** What a tab says that it has painted. */
  seen(connection: Connection, sight: Sight): void {
    this.sights.heard(connection, sight);
  }

  private mayLook(connection: Connection, itemId: string): boolean {
    if (presenterOf(this.model) !== connection.personId) connection.refuse('live_not_presenter');
    else if (itemId !== this.model.currentItemId) connection.refuse('state_conflict');
    else return true;
    return false;
  }

  // ----------------------------------------------------------------------------------------------------- deciding

  /** One command after the other. The same `clientId` again gets the answer that it got before. */
  command(connection: Connection, command: Command): Promise<Acknowledgement> {
    return this.entry.enter(connection, command);
  }

  private async decide(
    connection: Connection,
    command: Command,
    ofCase: Promise<boolean>,
  ): Promise<Acknowledgement> {
    await this.lane.certain();
    const known = this.lane.seqOf(command.clientId);
    if (known !== undefined) return { ok: true, seq: known };
    const answered = this.lane.answerTo(command.clientId);
    if (answered) return answered;
    const actor = await this.outside.stillEntitled(connection.admission, this.session);
    const { facts } = this.session;
    const judged = judge(this.model, actor.personId, command, Date.now(), facts.participantIds);
    const verdict = judged.ok && !(await ofCase) ? no('live_not_of_case') : judged;
    if (!verdict.ok) {
      liveMetrics.refused.inc({ code: verdict.code });
      return this.lane.remember(command.clientId, { ok: false, code: verdict.code });
    }
    if (!verdict.event) return this.lane.remember(command.clientId, { ok: true, seq: this.lane.lastSeq });
    const intent = {
      ...verdict.event,
      ...untold(command, (seq) => this.recent.find(seq)),
      by: actor.personId,
      clientId: command.clientId,
    };
    return { ok: true, seq: await this.lane.decide(actor, facts, intent) };
  }

  private show(event: RoomEvent): void {
    const another = event.type === 'item.open' && event.itemId !== this.model.currentItemId;
    // The marks of the case that is left are moved to its end before another one is opened.
    if (another) this.noteAttendance();
    this.record.settle();
    this.model = applyEvent(this.model, event);
    this.keepRecord();
    liveMetrics.messages.inc({ kind: 'event' });
    const told = new Broadcast('event', event);
    for (const one of this.crowd) {
      if (knowsEvent(one.admission.protocol, event.type)) one.line.tell(told);
      // Its page cannot tell what the event changes, and would miss its number: it gets the whole state.
      else this.tellAll(one, 0);
    }
    if (another) {
      this.images.open(this.model.currentItemId);
      this.sights.clear();
      this.watching.clear();
      this.noteAttendance();
    }
    if (event.type === 'observer.mark' && event.personId) this.pointing.away(event.personId);
    if (event.type === 'second.name') this.watching.secondNamed();
    this.sights.later();
    this.watchPresenter();
  }

  private watchPresenter(): void {
    if (this.closed) return;
    const presenterId = presenterOf(this.model);
    this.presenter.look({ presenterId, here: this.crowd.has(presenterId) });
    this.terms.look(this.model, this.crowd.has(this.model.secondId ?? ''));
  }

  /** Everybody sees that the presenter is gone, or back; what is shown stays, and control with it. */
  private missPresenter(gone: string | null): void {
    this.model = { ...this.model, gone };
    this.crowd.tell(new Broadcast('gone', gone));
  }

  // ------------------------------------------------------------------------------------------------------- rights

  /** Reads the session again: one reading after the other, so that an older one never replaces a newer. */
  refresh(): Promise<void> {
    return this.readings.ask(this.sessionId);
  }

  private async readSession(): Promise<void> {
    const before = this.model.chairId;
    this.session = await this.outside.loadSession(this.sessionId);
    const { chairId } = this.session.facts;
    this.model = { ...this.model, chairId };
    this.seeAgenda(this.session.agendaVersion);
    if (chairId === before) return;
    for (const one of this.crowd) this.tellAll(one, this.model.lastSeq);
    this.watchPresenter();
  }

  /** Looks again at the session and at everybody's login; shows out whoever may no longer be here. */
  async recheck(): Promise<void> {
    try {
      await this.refresh();
      await byHundreds(this.crowd, (one) =>
        this.outside.stillEntitled(one.admission, this.session).catch((error) => {
          // A database that does not answer is no reason to end a meeting.
          if (isAppError(error) && reasonsToLeave.has(error.code)) one.end(error.code);
        }),
      );
      // Both also mend what a database that was away has missed.
      this.noteAttendance();
      this.watchPresenter();
    } catch (error) {
      log.error({ err: error, sessionId: this.sessionId }, 'room not rechecked');
    }
  }

  private recheckLater(): void {
    this.recheckTimer = setTimeout(async () => {
      if (!this.empty) await this.recheck();
      if (!this.closed) this.recheckLater();
    }, this.times.recheckMs);
    this.recheckTimer.unref();
  }

  /** Something was committed elsewhere: everybody hears it, and pulls what changed. */
  async notice(notice: Notice): Promise<void> {
    if (notice.type === 'session.changed') await this.recheck();
    if (notice.type === 'agenda.changed') this.seeAgenda(notice.version);
    else this.crowd.tell(new Broadcast('notice', notice));
  }

  /** Heard of, or read where the notice was lost: each version is told once. */
  private seeAgenda(version: number): void {
    if (version <= this.model.agendaVersion) return;
    this.model = { ...this.model, agendaVersion: version };
    this.crowd.tell(new Broadcast('notice', { type: 'agenda.changed', version }));
  }

  /** Waits for what was decided, writes down what is not yet, and lets go of the clocks. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.recheckTimer);
    this.presenter.stop();
    this.terms.stop();
    this.images.stop();
    this.sights.stop();
    this.comings.stop();
    await this.lane.settled();
    await Promise.all([this.views.close(), this.record.close()]);
    await this.presence.settled();
  }
}
