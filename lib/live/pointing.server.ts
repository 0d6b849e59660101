import { Broadcast } from './broadcast.server.ts';
import type { Connection } from './connection.server.ts';
import type { Crowd } from './crowd.server.ts';
import type { Mark } from './mark-state.ts';
import { liveMetrics } from './metrics.server.ts';
import type { Pointer, PointerUpdate } from './protocol.ts';
import type { RecordKeeper } from './record/keeper.server.ts';
import { isObserver, type RoomModel } from './reducer.ts';

/** What people point at: told to all others. Pointers are kept while their owner is there; marks fade, and nobody keeps them. */
export class Pointing {
  constructor(
    private readonly crowd: Crowd,
    private readonly model: () => RoomModel,
    /** Keeps a pointer for late joiners. */
    private readonly keep: (update: PointerUpdate) => void,
    private readonly record: Pick<RecordKeeper, 'pointer'>,
  ) {}

  point(connection: Connection, pointer: Pointer): void {
    if (!this.may(connection)) return;
    liveMetrics.messages.inc({ kind: 'pointer' });
    const update = { personId: connection.personId, pointer };
    this.record.pointer(update);
    this.tell(update);
  }

  /** Something drawn that fades. */
  mark(connection: Connection, mark: Mark): void {
    if (!this.may(connection)) return;
    const update = { personId: connection.personId, mark };
    liveMetrics.messages.inc({ kind: 'mark' });
    const told = new Broadcast('marks', [update]);
    for (const one of this.crowd) if (one.personId !== update.personId) one.marks.offer(told);
  }

  /** Takes somebody's pointer away: one that still waits for a slow connection must not outlive its owner. */
  away(personId: string): void {
    if (this.model().pointers[personId]) this.tell({ personId, pointer: null });
  }

  private tell(update: PointerUpdate): void {
    this.keep(update);
    const told = new Broadcast('pointers', [update]);
    for (const one of this.crowd) if (one.personId !== update.personId) one.pointers.offer(told);
  }

  private may(connection: Connection): boolean {
    const may = !isObserver(this.model(), connection.personId);
    if (!may) connection.refuse('live_observer');
    return may;
  }
}
