import { randomUUID } from 'node:crypto';
import type { SessionFacts } from '@/lib/auth/policy.ts';
import { log } from '@/lib/log.server.ts';
import { theServer } from './commit-event.server.ts';
import type { DecidingLane } from './deciding-lane.server.ts';
import { endOfLoan } from './loan.ts';
import { LoanWatch } from './loan-watch.ts';
import { PresenterWatch } from './presenter-watch.ts';
import type { EventContent, Loan } from './protocol.ts';
import { presenterOf, type RoomModel } from './reducer.ts';

const AGAIN_MS = 1000;

/**
 * Ends by an event of the server's own what ends by itself: control that was given for a time when its time is over,
 * and showing beside the presenter when the second one is away for longer than the grace.
 */
export class TermKeeper {
  private readonly loan: LoanWatch;
  private readonly second: PresenterWatch;
  /** The second presenter when they are gone. */
  private gone: string | null = null;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessionId: string,
    private readonly lane: DecidingLane,
    private readonly room: () => { model: RoomModel; facts: SessionFacts },
    graceMs: number,
  ) {
    this.loan = new LoanWatch((loan) => this.endLoan(loan), graceMs);
    this.second = new PresenterWatch(graceMs, (gone) => {
      this.gone = gone;
      this.endSecond();
    });
  }

  /** What runs now; whoever shows beside the presenter, and whether they are here. */
  look({ loan, secondId }: RoomModel, here: boolean): void {
    this.loan.look(loan);
    // Nobody is never away.
    this.second.look({ presenterId: secondId ?? '', here: secondId === null || here });
  }

  stop(): void {
    this.loan.stop();
    this.second.stop();
    clearTimeout(this.retry);
  }

  private endLoan(loan: Loan): void {
    void this.end((model) =>
      model.loan?.until === loan.until ? { ...endOfLoan(model, loan), by: loan.returnsTo } : null,
    );
  }

  private endSecond(): void {
    clearTimeout(this.retry);
    if (this.gone === null) return;
    // What could not be stored is tried again, as a loan's end is.
    this.retry = setTimeout(() => this.endSecond(), AGAIN_MS);
    void this.end((model) => {
      if (this.gone !== null && model.secondId === this.gone)
        return { type: 'second.end', by: presenterOf(model) };
      clearTimeout(this.retry);
      return null;
    });
  }

  /** Whoever asks twice finds it ended. */
  private end(what: (model: RoomModel) => (EventContent & { by: string }) | null): Promise<void> {
    const ending = this.lane.inTurn(async () => {
      await this.lane.certain();
      const { model, facts } = this.room();
      const event = what(model);
      if (event) await this.lane.decide(theServer, facts, { ...event, clientId: randomUUID() });
    });
    return ending.catch((error) =>
      log.error({ err: error, sessionId: this.sessionId }, 'what was to end goes on'),
    );
  }
}
