import { type AskedRegion, withSlicesNear } from '@/lib/measure/asked-region.ts';
import type { RegionResult } from '@/lib/measure/pet-region.ts';
import type { StructuresWorker } from '../workers/structures-client.ts';

type Known = { key: string; result: RegionResult };

/**
 * PET regions of many voxels, computed beside the page. While a region is pulled only the latest question of each
 * measurement waits: what is asked in between is not computed.
 */
export class RegionDesk {
  private readonly known = new Map<string, Known>();
  private readonly waiting = new Map<string, { key: string; asked: AskedRegion }>();
  private readonly running = new Set<string>();

  constructor(
    private readonly worker: Pick<StructuresWorker, 'ask'>,
    private readonly onNews: () => void,
  ) {}

  /** @param key what the answer depends on. Null while it is computed; `onNews` is called then. */
  of(id: string, key: string, asked: AskedRegion): RegionResult | null {
    const known = this.known.get(id);
    if (known?.key === key) return known.result;
    this.waiting.set(id, { key, asked });
    if (!this.running.has(id)) void this.run(id);
    return null;
  }

  private async run(id: string): Promise<void> {
    this.running.add(id);
    for (let next = this.waiting.get(id); next; next = this.waiting.get(id)) {
      const { key, asked } = next;
      try {
        const result = await this.worker.ask({ kind: 'region', asked: withSlicesNear(asked) });
        this.known.set(id, { key, result });
      } catch {
        // A worker that failed starts again; without an answer nothing is claimed.
        this.known.set(id, { key, result: { known: false, reason: 'incomplete' } });
      }
      if (this.waiting.get(id)?.key === key) this.waiting.delete(id);
    }
    this.running.delete(id);
    this.onNews();
  }
}
