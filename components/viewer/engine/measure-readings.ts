import type { Measurement } from '@/lib/live/measurement-state.ts';
import { askedRegion, voxelsOf } from '@/lib/measure/asked-region.ts';
import { type Reading, readingOf, type Source } from '@/lib/measure/reading.ts';
import type { Volume } from '@/lib/planes/volume.ts';
import type { SuvTag } from '@/lib/rt/suv-tags.ts';
import type { Stack } from '../data/stack.ts';
import type { StructuresWorker } from '../workers/structures-client.ts';
import { edgesOf, inPixels, seenWith, stackOf } from './measure-sources.ts';
import type { Pane } from './pane.ts';
import { RegionDesk } from './region-desk.ts';
import type { Spaces } from './spaces.ts';
import type { Store, ViewerSnapshot } from './store.ts';
import { valueUnit } from './value-unit.ts';
import { volumeIn } from './volume-in.ts';
import type { Volumes } from './volumes.ts';

/** What a measurement says by now. */
export type Told = {
  reading: Reading;
  /** Null: its series is not here. */
  stack: Stack | null;
  /** Images that it needs are still coming: what is incomplete will not stay so. */
  loading: boolean;
  /** Tags that stand in the way of the SUV that is asked for. */
  missing: readonly SuvTag[];
};

type From = {
  store: Pick<Store<ViewerSnapshot>, 'get'>;
  volumes: Pick<Volumes, 'of' | 'whole'>;
  spaces: Pick<Spaces, 'map' | 'transform'>;
  panes(): readonly Pane[];
  structures: Pick<StructuresWorker, 'ask'>;
};

/** Regions of more voxels than this take too long for the page to wait for. */
const MANY = 20_000;

/** A series that is read, and the registration by which it lies over or under the measurement's own. */
type ReadSeries = { stack: Stack; registrationUid: string | null };

const nothing: Reading = { figures: [], values: [], region: null, notes: [] };

/**
 * Reads measurements from the volumes of an open case, and keeps what was read until something of it changes. Where
 * slices are missing they are asked for, and `onNews` is called when they came.
 */
export class Readings {
  private readonly kept = new Map<string, { key: string; told: Told }>();
  private readonly regions: RegionDesk;
  private readonly asked = new WeakSet<Stack>();
  private readonly settled = new WeakSet<Stack>();

  constructor(
    private readonly from: From,
    private readonly onNews: () => void,
  ) {
    this.regions = new RegionDesk(from.structures, onNews);
  }

  of(measurement: Measurement): Told {
    const { stacks, measurements, suvBy } = this.from.store.get();
    const stack = stackOf(stacks, measurement);
    if (!stack) return { reading: nothing, stack: null, loading: false, missing: [] };
    const { threshold } = measurement;
    const liver =
      threshold.kind === 'liver' ? measurements.find((one) => one.id === threshold.regionId) : undefined;
    const read = this.seriesOf(measurement, stack);
    const key = JSON.stringify([
      ...[measurement, liver, suvBy],
      // What brings a series here may be named by another viewport: the figures go by it, whoever names it.
      ...read.map(({ stack: one, registrationUid }) => [
        one.displaySetInstanceUID,
        this.from.spaces.transform(frameOf(one), frameOf(stack), registrationUid),
      ]),
    ]);
    const known = this.kept.get(measurement.id);
    if (known?.key === key && !known.told.loading && !isComputing(known.told)) return known.told;
    const told = this.read(measurement, stack, read, liver ?? null, key);
    this.kept.set(measurement.id, { key, told });
    return told;
  }

  private read(
    measurement: Measurement,
    stack: Stack,
    read: readonly ReadSeries[],
    liver: Measurement | null,
    key: string,
  ): Told {
    const { suvBy } = this.from.store.get();
    const pixels = inPixels(stack, measurement);
    const sources: Source[] = [];
    const missing: SuvTag[] = [];
    for (const { stack: one, registrationUid } of read) {
      const volume = this.volumeIn(one, frameOf(stack), registrationUid);
      const { unit, scale, missing: tags } = valueUnit(one, suvBy);
      if (volume) sources.push({ unit, scale, volume });
      missing.push(...(tags ?? []));
    }
    const reading = readingOf({
      measurement,
      unit: pixels ? 'px' : 'mm',
      edges: edgesOf(stack, this.from.volumes.of(stack), measurement.points[0] ?? [0, 0, 0]),
      sources,
      liver,
      // Not before all slices are there: each that comes would be another question.
      regionOf: (asked) =>
        voxelsOf(asked) > MANY && read.every((one) => this.settled.has(one.stack))
          ? this.regions.of(measurement.id, key, asked)
          : askedRegion(asked),
    });
    const loading = reading.notes.includes('incomplete') && read.some((one) => !this.settled.has(one.stack));
    return { reading, stack, loading, missing };
  }

  /** The series whose values it tells: its own first. A line tells none. */
  private seriesOf({ kind, sopInstanceUid }: Measurement, stack: Stack): ReadSeries[] {
    if (sopInstanceUid !== null) return [];
    const own: ReadSeries = { stack, registrationUid: null };
    if (kind === 'region') return [own];
    if (kind !== 'ellipse' && kind !== 'freehand') return [];
    const others = seenWith(stack, this.from.store.get().stacks, this.from.panes());
    return [own, ...[...others].map(([other, registrationUid]) => ({ stack: other, registrationUid }))];
  }

  /** A series' volume as the measurement's frame of reference has it; null where nothing leads there. */
  private volumeIn(stack: Stack, frame: string | null, registrationUid: string | null): Volume | null {
    const volume = this.volumeOf(stack);
    if (!volume || volume.frameOfReferenceUid === frame) return volume;
    return volumeIn(volume, frame, (point) =>
      this.from.spaces.map(point, volume.frameOfReferenceUid, frame, registrationUid),
    );
  }

  private volumeOf(stack: Stack): Volume | null {
    if (!this.asked.has(stack)) {
      this.asked.add(stack);
      void this.from.volumes.whole(stack).then(() => {
        this.settled.add(stack);
        this.onNews();
      });
    }
    return this.from.volumes.of(stack);
  }
}

const isComputing = ({ reading }: Told): boolean => reading.notes.includes('computing');

const frameOf = (stack: Stack): string | null =>
  stack.planes.find((plane) => plane !== null)?.frameOfReferenceUid ?? null;
