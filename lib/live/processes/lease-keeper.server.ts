import { randomUUID } from 'node:crypto';
import { log } from '@/lib/log.server.ts';
import { databaseLeases, type Leases } from './lease.server.ts';

/** How long a room stays with a process that says nothing, in ms; one that lives says so four times as often. */
export const LEASE_MS = 1500;

/** One room in this process's hands. */
export class Lease {
  /** Another process has the room now. */
  lost = false;

  constructor(
    readonly sessionId: string,
    readonly epoch: number,
    /** By this process's monotonic clock, which goes on while the process is stopped. */
    public until: number,
  ) {}

  /** Whether this process may still act as the authority: by its own clock, without asking anybody. */
  get held(): boolean {
    return !this.lost && performance.now() < this.until;
  }
}

/** The rooms that this process is the authority of, prolonged together as long as it lives. */
export class LeaseKeeper {
  readonly processId = randomUUID();
  private readonly leases = new Map<string, Lease>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly leaseMs = LEASE_MS,
    private readonly store: Leases = databaseLeases,
  ) {}

  /** Null while another process holds the room. */
  async take(sessionId: string): Promise<Lease | null> {
    // Counted from before the question: the database's clock starts later than ours, so ours ends first.
    const asked = performance.now();
    const epoch = await this.store.take(sessionId, this.processId, this.leaseMs);
    if (epoch === null) return null;
    const lease = new Lease(sessionId, epoch, asked + this.leaseMs);
    this.leases.set(sessionId, lease);
    this.timer ??= setInterval(() => void this.renew(), this.leaseMs / 4);
    this.timer.unref();
    return lease;
  }

  holderOf(sessionId: string): Promise<{ holder: string; epoch: number } | null> {
    return this.store.holderOf(sessionId);
  }

  /** Gives a room back. */
  async release(lease: Lease): Promise<void> {
    this.forget(lease);
    lease.lost = true;
    await this.store.release(lease.sessionId, this.processId, lease);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async renew(): Promise<void> {
    const asked = performance.now();
    const mine = [...this.leases.values()];
    if (mine.length === 0) return;
    try {
      const ids = mine.map(({ sessionId }) => sessionId);
      const epochs = await this.store.renew(this.processId, ids, this.leaseMs);
      for (const lease of mine) {
        if (epochs.get(lease.sessionId) === lease.epoch) lease.until = asked + this.leaseMs;
        else {
          lease.lost = true;
          this.forget(lease);
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'The leases of live rooms were not prolonged');
    }
  }

  private forget(lease: Lease): void {
    if (this.leases.get(lease.sessionId) === lease) this.leases.delete(lease.sessionId);
  }
}
