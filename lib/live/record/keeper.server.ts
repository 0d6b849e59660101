import { randomUUID } from 'node:crypto';
import { log } from '@/lib/log.server.ts';
import type { PointerUpdate, SharedView } from '../protocol.ts';
import type { RoomOutside } from '../room-outside.server.ts';
import { Throttle } from '../throttle.ts';
import { BlockWriter, type RecordEntry } from './block.ts';

/** Of views, and of each person's pointers, one in this time is kept, and always the last one before a pause. */
export const KEPT_EVERY_MS = 250;
/** So much of looking at most is lost when the server dies. */
const WRITE_EVERY_MS = 1000;
/** So often it is kept that the room is open when nothing else is. */
export const ALIVE_EVERY_MS = 10_000;
/** A block is written anew until it is this long or has this many entries. */
const BLOCK_MS = 60_000;
const BLOCK_ENTRIES = 512;
/** With a database that does not answer so many blocks wait; older ones are given up, and become a gap. */
const WAITING_BLOCKS = 20;

type Block = { id: string; spanId: string; writer: BlockWriter };

/** Keeps what is looked at in a room, thinned, in blocks: one span from when recording is wanted until it is not. */
export class RecordKeeper {
  private spanId: string | null = null;
  private block: Block | null = null;
  /** Blocks with entries that are not written yet, oldest first. */
  private readonly dirty = new Set<Block>();
  private readonly views = new Throttle<RecordEntry>(KEPT_EVERY_MS, (entry) => this.add(entry));
  private readonly pointers = new Map<string, Throttle<RecordEntry>>();
  private writeTimer: NodeJS.Timeout | undefined;
  private aliveTimer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessionId: string,
    private readonly outside: Pick<RoomOutside, 'saveRecordBlock'>,
  ) {}

  /** Begins a span with what is shown, or ends it; does nothing when it is so already. */
  want(wanted: boolean, shown: SharedView | null): void {
    if (wanted === (this.spanId !== null)) return;
    if (wanted) {
      this.spanId = randomUUID();
      this.add({ kind: 'alive', at: Date.now() });
      if (shown) this.add({ kind: 'view', at: Date.now(), view: shown });
    } else {
      this.settle();
      this.add({ kind: 'alive', at: Date.now() });
      this.stopClocks();
      this.spanId = null;
      this.block = null;
      void this.write();
    }
  }

  view(view: SharedView): void {
    if (this.spanId) this.views.offer({ kind: 'view', at: Date.now(), view });
  }

  pointer({ personId, pointer }: PointerUpdate): void {
    if (!this.spanId) return;
    let throttle = this.pointers.get(personId);
    if (!throttle) {
      throttle = new Throttle<RecordEntry>(KEPT_EVERY_MS, (entry) => this.add(entry));
      this.pointers.set(personId, throttle);
    }
    throttle.offer({ kind: 'pointer', at: Date.now(), personId, pointer });
  }

  /** Something is decided: what was seen at that moment is kept, however little time has gone by. */
  settle(): void {
    this.views.flush();
    for (const throttle of this.pointers.values()) throttle.flush();
  }

  /** Ends the span, and waits until all is written that can be. */
  async close(): Promise<void> {
    this.want(false, null);
    await this.write();
    clearTimeout(this.writeTimer);
    this.writeTimer = undefined;
  }

  private add(entry: RecordEntry): void {
    if (!this.spanId) return;
    const full =
      !this.block ||
      this.block.writer.block.entries.length >= BLOCK_ENTRIES ||
      entry.at - this.block.writer.block.from >= BLOCK_MS;
    if (full) this.block = { id: randomUUID(), spanId: this.spanId, writer: new BlockWriter(entry.at) };
    if (!this.block) return;
    this.block.writer.add(entry);
    this.dirty.add(this.block);
    const [oldest] = this.dirty;
    if (this.dirty.size > WAITING_BLOCKS && oldest) this.dirty.delete(oldest);
    this.writeTimer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS);
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => this.add({ kind: 'alive', at: Date.now() }), ALIVE_EVERY_MS);
    this.aliveTimer.unref();
  }

  private stopClocks(): void {
    clearTimeout(this.aliveTimer);
    this.views.stop();
    for (const throttle of this.pointers.values()) throttle.stop();
    this.pointers.clear();
  }

  private write(): Promise<void> {
    clearTimeout(this.writeTimer);
    this.writeTimer = undefined;
    this.writing = this.writing.then(() => this.writeDirty());
    return this.writing;
  }

  private async writeDirty(): Promise<void> {
    for (const block of [...this.dirty]) {
      this.dirty.delete(block);
      const { id, spanId, writer } = block;
      const { from, entries } = writer.block;
      const kept = { id, spanId, until: writer.until, block: { from, entries: [...entries] } };
      try {
        await this.outside.saveRecordBlock(this.sessionId, kept);
      } catch (error) {
        log.error({ err: error, sessionId: this.sessionId }, 'record not kept');
        this.dirty.add(block);
        this.writeTimer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS);
        return;
      }
    }
  }
}
