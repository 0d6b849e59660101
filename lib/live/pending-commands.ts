import { enquiryAbout, Moment, TELLS_NOT_DECIDED } from './of-the-moment.ts';
import type { Acknowledgement, Command } from './protocol.ts';
import type { RoomModel } from './reducer.ts';

type Answered = (answer: Acknowledgement) => void;

type Waiting = {
  command: Command;
  moment: Moment;
  settle: Answered;
  /** How often it was sent, and may have reached the server. */
  sent: number;
  /** Why it is not to happen any more: from then on it is only asked whether it has. */
  over: string | null;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/**
 * What was asked of the server and is not answered yet: asked again after a cut, under the same ids. What was meant for
 * the room as it was is given up when it is too late for it.
 */
export class PendingCommands {
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly emit: (command: Command, answered: Answered) => void) {}

  /** @param room as this tab knows it; `live`: what is sent now arrives */
  add(command: Command, settle: Answered, { room, live }: { room: RoomModel | null; live: boolean }): void {
    const moment = new Moment(command.type, room);
    const one = { command, moment, settle, sent: 0, over: null, timer: undefined };
    this.waiting.set(command.clientId, one);
    if (live) this.send(one);
    else this.hold(one);
  }

  /** The room is reached again, as it is now. */
  reached(room: RoomModel): void {
    for (const one of [...this.waiting.values()]) {
      one.over ??= one.moment.whyOver(room);
      if (one.over === null) this.send(one);
      else if (one.sent > 0) this.enquire(one, one.over);
      else this.settle(one, { ok: false, code: one.over });
    }
  }

  /** No answer will come. */
  fail(code: string): void {
    for (const one of [...this.waiting.values()]) this.settle(one, { ok: false, code });
  }

  private send(one: Waiting): void {
    clearTimeout(one.timer);
    one.sent += 1;
    this.emit(one.command, (answer) => this.hear(one, answer));
  }

  private enquire(one: Waiting, over: string): void {
    this.emit(enquiryAbout(one.command), (answer) =>
      this.hear(one, !answer.ok && TELLS_NOT_DECIDED.has(answer.code) ? { ok: false, code: over } : answer),
    );
  }

  /** Gives up in time what cannot leave. */
  private hold(one: Waiting): void {
    const { left } = one.moment;
    clearTimeout(one.timer);
    if (left !== null) one.timer = setTimeout(() => this.settle(one, { ok: false, code: 'network' }), left);
  }

  private hear(one: Waiting, answer: Acknowledgement): void {
    if (answer.ok || answer.code !== 'session_expired') this.settle(one, answer);
    // A login that ended is mended in place; the command waits for it. Sent but once, it was not carried out.
    else if (one.sent === 1 && one.over === null) {
      one.sent = 0;
      this.hold(one);
    }
  }

  private settle(one: Waiting, answer: Acknowledgement): void {
    clearTimeout(one.timer);
    if (this.waiting.get(one.command.clientId) === one) this.waiting.delete(one.command.clientId);
    one.settle(answer);
  }
}
