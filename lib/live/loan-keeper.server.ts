import { randomUUID } from 'node:crypto';
import type { SessionFacts } from '@/lib/auth/policy.ts';
import { log } from '@/lib/log.server.ts';
import { theServer } from './commit-event.server.ts';
import type { DecidingLane } from './deciding-lane.server.ts';
import { endOfLoan } from './loan.ts';
import { LoanWatch } from './loan-watch.ts';
import type { Loan } from './protocol.ts';
import type { RoomModel } from './reducer.ts';

/** Ends control that was given for a time when its time is over, by an event of the server's own. */
export class LoanKeeper {
  private readonly watch = new LoanWatch((loan) => void this.end(loan));

  constructor(
    private readonly sessionId: string,
    private readonly lane: DecidingLane,
    private readonly room: () => { model: RoomModel; facts: SessionFacts },
  ) {}

  look(loan: Loan | null): void {
    this.watch.look(loan);
  }

  stop(): void {
    this.watch.stop();
  }

  /** Whoever asks twice finds it ended. */
  private end(loan: Loan): Promise<void> {
    const ending = this.lane.inTurn(async () => {
      await this.lane.certain();
      const { model, facts } = this.room();
      if (model.loan?.until !== loan.until) return;
      const intent = { ...endOfLoan(model, loan), by: loan.returnsTo, clientId: randomUUID() };
      await this.lane.decide(theServer, facts, intent);
    });
    return ending.catch((error) =>
      log.error({ err: error, sessionId: this.sessionId }, 'control did not go back'),
    );
  }
}
