import { log } from '@/lib/log.server.ts';
import type { SharedView } from './protocol.ts';
import type { RoomOutside } from './room-outside.server.ts';

/** Writes the latest view down for the room's next life, at most once in `everyMs`; tries again when it could not. */
export class ViewKeeper {
  private waiting: SharedView | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessionId: string,
    private readonly outside: Pick<RoomOutside, 'saveView'>,
    private readonly everyMs: number,
  ) {}

  keep(view: SharedView): void {
    this.waiting = view;
    this.timer ??= setTimeout(() => void this.write(), this.everyMs);
  }

  /** Writes what waits, and waits for what is being written. */
  async close(): Promise<void> {
    await this.write();
    clearTimeout(this.timer);
  }

  private write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const view = this.waiting;
    this.waiting = undefined;
    if (view) {
      this.writing = this.writing
        .then(() => this.outside.saveView(this.sessionId, view))
        .catch((error) => {
          log.error({ err: error, sessionId: this.sessionId }, 'view not kept');
          this.keep(this.waiting ?? view);
        });
    }
    return this.writing;
  }
}
