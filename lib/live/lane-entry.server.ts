import type { Connection } from './connection.server.ts';
import type { DecidingLane } from './deciding-lane.server.ts';
import { codeOf, reasonsToLeave } from './handshake.server.ts';
import { InOrder } from './in-order.ts';
import { liveMetrics } from './metrics.server.ts';
import type { OpenCase } from './open-case.server.ts';
import type { Acknowledgement, Command } from './protocol.ts';

/** How long the next command of the same tab waits until it is known which images the open case has, in ms. */
const IMAGES_MS = 10_000;

type Decide = (
  connection: Connection,
  command: Command,
  ofCase: Promise<boolean>,
) => Promise<Acknowledgement>;

/** Where commands enter the deciding lane: those of one tab as they came, whatever must be found out about them. */
export class LaneEntry {
  private readonly turns = new InOrder<Connection>(IMAGES_MS);

  constructor(
    private readonly lane: DecidingLane,
    private readonly images: OpenCase,
    /** Decides a command in its turn. `ofCase`: whether what it names is of the open case; known, or failed, by then. */
    private readonly decide: Decide,
  ) {}

  enter(connection: Connection, command: Command): Promise<Acknowledgement> {
    // Found out before its turn in the lane: nobody else's command waits until the case's images are read again.
    const finding =
      command.type === 'annotation.put' ? this.images.has([command.drawn]) : Promise.resolve(true);
    return new Promise((answer) => {
      this.turns.take(connection, finding, async (ofCase) => {
        // Not waited for: once it is in the lane the tab's next one may follow.
        void this.lane.inTurn(() => this.answerTo(connection, command, ofCase)).then(answer);
      });
    });
  }

  private async answerTo(...asked: Parameters<Decide>): Promise<Acknowledgement> {
    try {
      return await this.decide(...asked);
    } catch (error) {
      const code = codeOf(error);
      liveMetrics.refused.inc({ code });
      if (reasonsToLeave.has(code)) asked[0].end(code);
      return { ok: false, code };
    }
  }
}
