import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { DoseGrid, DoseRefusal } from '@/lib/dicom/rtdose.ts';
import { type DoseHeader, parseDoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { sumDoses } from '@/lib/rt/dose-sum.ts';
import { type SumRefusal, whyNoSum } from '@/lib/rt/dose-sum-rules.ts';
import { loadDose } from './dose-pixels.ts';

/** `known` is read when it is first shown: doses are large, and of many beams most are never looked at. */
export type DoseProgress = 'known' | 'loading' | 'ready' | 'failed' | DoseRefusal;

export type AttachedDose = { header: DoseHeader; progress: DoseProgress };

/** The dose that is to be shown, in one grid; or why there is none (yet). */
export type ShownDose =
  | { known: true; grid: DoseGrid; doses: readonly DoseHeader[]; resampled: boolean }
  | { known: false; reason: 'not_attached' | Exclude<DoseProgress, 'ready' | 'known'> | SumRefusal };

const KEPT = 4;

/** The RT Doses of a case, read when they are first shown, and their sums. */
export class Doses {
  private jsons = new Map<string, JsonDataSet>();
  private grids = new Map<string, DoseGrid>();
  private attached: readonly AttachedDose[] = [];
  /** The answers to the last questions: one dose is shown, or two are held against each other. */
  private last = new Map<string, ShownDose>();

  constructor(
    private readonly root: string,
    private readonly signal: AbortSignal,
    private readonly onChange: (attached: readonly AttachedDose[]) => void,
  ) {}

  /** Takes the headers of all RT Doses that are attached. */
  take(jsons: readonly JsonDataSet[]): void {
    this.attached = jsons.map((json) => ({ header: parseDoseHeader(json), progress: 'known' }));
    this.jsons = new Map(
      jsons.map((json, index) => [this.attached[index]?.header.sopInstanceUid ?? '', json]),
    );
    this.last.clear();
    if (jsons.length > 0) this.onChange(this.attached);
  }

  /** One dose, or the sum of several. What is not here yet is asked for: `onChange` tells when it came. */
  shown(uids: readonly string[]): ShownDose {
    const key = uids.join();
    const known = this.last.get(key);
    if (known) return known;
    const shown = this.find(uids);
    const [oldest] = this.last.keys();
    if (this.last.size >= KEPT && oldest !== undefined) this.last.delete(oldest);
    this.last.set(key, shown);
    return shown;
  }

  private find(uids: readonly string[]): ShownDose {
    const chosen = uids.map((uid) => this.attached.find((one) => one.header.sopInstanceUid === uid));
    const found = chosen.filter((one) => one !== undefined);
    if (found.length < chosen.length || found.length === 0) return { known: false, reason: 'not_attached' };
    const doses = found.map((one) => one.header);
    const refused = whyNoSum(doses);
    if (refused) return { known: false, reason: refused };
    for (const { header, progress } of found) if (progress === 'known') void this.load(header);
    const waiting = found.find((one) => one.progress !== 'ready');
    if (waiting) {
      const { progress } = waiting;
      return { known: false, reason: progress === 'known' || progress === 'ready' ? 'loading' : progress };
    }
    const grids = uids.flatMap((uid) => this.grids.get(uid) ?? []);
    return { known: true, doses, ...sumDoses(grids) };
  }

  private async load(header: DoseHeader): Promise<void> {
    const uid = header.sopInstanceUid;
    const json = this.jsons.get(uid);
    if (!json) return;
    // Told when it has come: this is called while things are drawn.
    this.mark(uid, 'loading');
    const progress = await loadDose(this.root, json, header, this.signal).then(
      (result): DoseProgress => {
        if (!result.known) return result.reason;
        this.grids.set(uid, result.grid);
        return 'ready';
      },
      (): DoseProgress => 'failed',
    );
    if (this.signal.aborted) return;
    this.mark(uid, progress);
    this.onChange(this.attached);
  }

  private mark(uid: string, progress: DoseProgress): void {
    this.attached = this.attached.map((one) =>
      one.header.sopInstanceUid === uid ? { ...one, progress } : one,
    );
    this.last.clear();
  }
}
