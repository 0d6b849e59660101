import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { Dvh } from '@/lib/rt/dvh.ts';
import type { DrawnOn } from '@/lib/rt/slices.ts';
import type { DoseSlot, RoiDvh } from '../workers/dose-messages.ts';
import type { StructuresWorker } from '../workers/structures-client.ts';
import { Store } from './store.ts';

/** An ROI whose DVH is asked for, and what its body depends on. */
export type DvhAsked = { key: string; roi: Roi; on: DrawnOn };

export type DvhAnswers = {
  /** By the keys that were asked with; what is not in it is still being computed. */
  rois: ReadonlyMap<string, RoiDvh>;
  /** Of the whole grid; null until it is computed. */
  everywhere: Dvh | null;
};

const nothing: DvhAnswers = { rois: new Map(), everywhere: null };

/** DVHs of ROIs in one dose, computed one after the other beside the page, each once. */
export class DvhDesk {
  readonly answers = new Store<DvhAnswers>(nothing);
  private grid: DoseGrid | null = null;
  private queue: readonly DvhAsked[] = [];
  private running = false;

  /** @param slot which of the worker's doses is this one's */
  constructor(
    private readonly worker: Pick<StructuresWorker, 'ask'>,
    private readonly slot: DoseSlot,
  ) {}

  /** Computes what is not known yet of these, in this order; another dose begins anew. */
  ask(grid: DoseGrid, asked: readonly DvhAsked[]): void {
    if (grid !== this.grid) {
      this.grid = grid;
      this.answers.set(nothing);
    }
    this.queue = asked;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    const { slot } = this;
    let sent: DoseGrid | null = null;
    for (let grid = this.grid; grid; grid = this.grid) {
      const { rois, everywhere } = this.answers.get();
      const next = this.queue.find((one) => !rois.has(one.key));
      if (!next && everywhere) break;
      try {
        if (sent !== grid) await this.worker.ask({ kind: 'keepDose', slot, grid });
        sent = grid;
        if (next) this.take(grid, next.key, await this.worker.ask({ kind: 'dvh', slot, ...plain(next) }));
        else this.takeEverywhere(grid, await this.worker.ask({ kind: 'doseEverywhere', slot }));
      } catch {
        // The worker starts again with the next question, and knows no dose then.
        sent = null;
        if (!next) break;
        this.take(grid, next.key, { known: false, reason: 'failed' });
      }
    }
    this.running = false;
  }

  private take(grid: DoseGrid, key: string, answer: RoiDvh): void {
    if (grid !== this.grid) return;
    this.answers.set({ rois: new Map([...this.answers.get().rois, [key, answer]]) });
  }

  private takeEverywhere(grid: DoseGrid, everywhere: Dvh): void {
    if (grid === this.grid) this.answers.set({ everywhere });
  }
}

const plain = ({ roi, on }: DvhAsked) => ({ roi, on });
