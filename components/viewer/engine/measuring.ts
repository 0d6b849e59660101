import type { Measurement, MeasurementKind } from '@/lib/live/measurement-state.ts';
import {
  changed,
  emptyHistory,
  type History,
  redone,
  replaced,
  type Step,
  undone,
} from '@/lib/measure/history.ts';
import type { Note } from '@/lib/measure/reading.ts';
import type { ReadingWords } from '@/lib/measure/reading-text.ts';
import { centreOf } from '@/lib/measure/stroke.ts';
import type { Stack } from '../data/stack.ts';
import type { StructuresWorker } from '../workers/structures-client.ts';
import type { NoTarget } from './measure-place.ts';
import { Readings, type Told } from './measure-readings.ts';
import { stackOf } from './measure-sources.ts';
import { OwnDrawings } from './own-drawings.ts';
import type { Pane, PaneChange } from './pane.ts';
import type { ViewExtras } from './same-view.ts';
import type { Spaces } from './spaces.ts';
import { Store, type ViewerSnapshot } from './store.ts';
import type { ToolId } from './tools.ts';
import type { Volumes } from './volumes.ts';

/** What measuring needs of an open case. */
export type MeasuringStage = {
  store: Store<ViewerSnapshot>;
  volumes: Pick<Volumes, 'of' | 'whole'>;
  spaces: Pick<Spaces, 'viewIn' | 'map' | 'transform'>;
  active: Pane | undefined;
  panes(): readonly Pane[];
  structures: Pick<StructuresWorker, 'ask'>;
  redraw(): void;
  setExtras(part: Partial<ViewExtras>): void;
  chooseTool(tool: ToolId): void;
  change(pane: Pane, part: PaneChange): void;
  goTo(pane: Pane, index: number): void;
  openStack(stack: Stack): void;
};

/** The reader's language, for what is drawn beside a measurement. */
export type MeasureWords = {
  locale: string;
  reading: ReadingWords;
  notes: Record<Note, string>;
  loading: string;
  /** Beside what nobody else sees. */
  onlyYou: string;
};

/** What of measuring is one's own: it is not shared, and not kept. */
export type MeasuringState = {
  selected: string | null;
  /** The point of the selected one that keys move. */
  handle: number;
  /** What is being drawn or pulled; the others in the room see it when it is done. */
  draft: Measurement | null;
  notice: NoTarget | 'too_many' | null;
  /** Grows when values came that were missing. */
  news: number;
  words: MeasureWords | null;
};

/** As many as the shared view holds. */
const MOST = 100;

/** The measurements of an open case: which there are, what they say, and what a person does to them. */
export class Measuring {
  readonly state = new Store<MeasuringState>({
    selected: null,
    handle: 0,
    draft: null,
    notice: null,
    news: 0,
    words: null,
  });
  /** What is drawn beside the shared view: annotations of a room, and one's own. */
  readonly drawings = new OwnDrawings(() => {
    this.state.set({ news: this.state.get().news + 1 });
    this.redraw();
  });
  private readonly readings: Readings;
  private history: History = emptyHistory;
  private frame = 0;

  constructor(readonly stage: MeasuringStage) {
    this.readings = new Readings(stage, () => {
      this.state.set({ news: this.state.get().news + 1 });
      this.redraw();
    });
  }

  /** All that are drawn: the shared ones, and what is being drawn in its place. */
  shown(): readonly Measurement[] {
    const { draft } = this.state.get();
    const all = this.all();
    return draft ? replaced(all, draft.id, draft) : all;
  }

  /** Those of the shared view, annotations, one's own. */
  all(): readonly Measurement[] {
    return [...this.stage.store.get().measurements, ...this.drawings.all()];
  }

  /** Somebody else's annotation is looked at only. */
  mayChange(id: string): boolean {
    return this.drawings.whose(id)?.mayChange ?? true;
  }

  get selected(): Measurement | null {
    const { selected } = this.state.get();
    return this.shown().find((one) => one.id === selected) ?? null;
  }

  told(measurement: Measurement): Told {
    return this.readings.of(measurement);
  }

  /** Drawn anew with the next frame of the screen, however often it is asked for. */
  redraw(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.stage.redraw();
    });
  }

  say(words: MeasureWords): void {
    this.state.set({ words });
    this.redraw();
  }

  set(part: Partial<Pick<MeasuringState, 'selected' | 'handle' | 'draft' | 'notice'>>): void {
    this.state.set(part);
    this.redraw();
  }

  select(id: string | null, handle = 0): void {
    this.set({ selected: id, handle, draft: null, notice: null });
  }

  // ------------------------------------------------------------------------------------------------ shared changes

  /** Puts a measurement in its place, or adds it; false when there are as many as may be. */
  put(measurement: Measurement): boolean {
    if (!this.mayChange(measurement.id)) return false;
    const measurements = this.all();
    const isNew = !measurements.some((one) => one.id === measurement.id);
    if (isNew && measurements.length >= MOST) {
      this.set({ draft: null, notice: 'too_many' });
      return false;
    }
    this.state.set({ draft: null, notice: null, selected: measurement.id });
    this.apply(changed(measurements, this.history, measurement.id, measurement));
    return true;
  }

  remove(id: string): void {
    if (!this.drawings.mayRemove(id)) return;
    this.state.set({ draft: null, selected: null });
    this.apply(changed(this.all(), this.history, id, null));
  }

  /** Draws for everybody what was seen here alone. */
  share(id: string): void {
    const own = this.drawings.release(id);
    if (own) this.put(own);
  }

  undo(): boolean {
    return this.apply(undone(this.all(), this.history));
  }

  redo(): boolean {
    return this.apply(redone(this.all(), this.history));
  }

  private apply(step: Step | null): boolean {
    if (!step) return false;
    this.history = step.history;
    const { changed: id } = step;
    const now = step.measurements.find((one) => one.id === id) ?? null;
    const { measurements } = this.stage.store.get();
    const { selected } = this.state.get();
    if (!step.measurements.some((one) => one.id === selected)) this.state.set({ selected: null });
    if (!measurements.some((one) => one.id === id) && this.drawings.take(id, now)) {
      this.state.set({ news: this.state.get().news + 1 });
      this.redraw();
      return true;
    }
    const next = replaced(measurements, id, now);
    if (next.length > MOST) return false;
    this.stage.setExtras({ measurements: next });
    return true;
  }

  // ------------------------------------------------------------------------------------------------------- going to

  chooseTool(kind: MeasurementKind | 'window'): void {
    this.set({ notice: null });
    this.stage.chooseTool(kind);
  }

  /** Brings a measurement into the middle of every viewport that can show it; opens its series where none can. */
  goTo(measurement: Measurement): void {
    this.select(measurement.id);
    const stack = stackOf(this.stage.store.get().stacks, measurement);
    if (!stack) return;
    const centre = centreOf(measurement.kind, measurement.points);
    const inFrame = (pane: Pane) => {
      const frame = pane.state()?.frameOfReferenceUid ?? null;
      const { frameOfReferenceUid: own } = measurement;
      return own === frame ? centre : this.stage.spaces.map(centre, own, frame);
    };
    const fits = (pane: Pane) =>
      measurement.sopInstanceUid !== null || measurement.frameOfReferenceUid === null
        ? pane.stack === stack
        : inFrame(pane) !== null;
    if (!this.stage.panes().some(fits)) this.stage.openStack(stack);
    const index = stack.images.findIndex((image) => image.sopInstanceUid === measurement.sopInstanceUid);
    for (const pane of this.stage.panes().filter(fits)) {
      const there = inFrame(pane);
      if (index >= 0) this.stage.goTo(pane, index);
      else if (there) this.stage.change(pane, { focalMm: [...there] });
    }
  }
}
