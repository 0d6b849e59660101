import { log } from '@/lib/log.server.ts';
import type { Attending } from './attendance.server.ts';
import type { RoomOutside } from './room-outside.server.ts';

/**
 * Writes down who came, who went and who was there for which case: one after the other, so that nobody is seen "for
 * the first time" twice. A meeting goes on without it: a failure is logged, and the next mark notes the same persons.
 */
export class PresenceLog {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessionId: string,
    private readonly outside: Pick<RoomOutside, 'writeCrossing' | 'markAttendance'>,
  ) {}

  crossing(actor: Attending, action: 'room.join' | 'room.leave', centreId: string): void {
    this.write(action, () => this.outside.writeCrossing(actor, action, this.sessionId, centreId));
  }

  attendance(agendaItemId: string, present: readonly Attending[], centreId: string): void {
    this.write('attendance.mark', () => this.outside.markAttendance(agendaItemId, centreId, present));
  }

  /** Resolves when everything so far is written. */
  settled(): Promise<void> {
    return this.last;
  }

  private write(what: string, work: () => Promise<void>): void {
    this.last = this.last
      .then(work)
      .catch((error) => log.error({ err: error, sessionId: this.sessionId }, `${what} not written`));
  }
}
