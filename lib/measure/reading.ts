import type { Mm3 } from '../dicom/image-plane.ts';
import type { Measurement } from '../live/measurement-state.ts';
import type { Volume } from '../planes/volume.ts';
import { angleOf } from './angle.ts';
import { type AskedRegion, askedRegion } from './asked-region.ts';
import { bidirectionalOf } from './bidirectional.ts';
import { regionRadius } from './drawing.ts';
import { ellipseShape } from './ellipse.ts';
import { freehandShape } from './freehand.ts';
import { lengthOf } from './length.ts';
import type { RegionResult, RegionThreshold } from './pet-region.ts';
import type { PlanarShape } from './planar-shape.ts';
import { valuesInShape } from './plane-values.ts';
import { type Statistics, statisticsOf } from './statistics.ts';
import type { Measured, VoxelEdges } from './uncertainty.ts';
import { type VoxelGrid, voxelGrid, voxelsWithin } from './voxel-grid.ts';

/** A series that values are read from. */
export type Source = {
  /** HU, SUV of some kind, Bq/ml, or '' for stored units. */
  unit: string;
  volume: Volume;
  /** Displayed value -> value in `unit`. */
  scale: number;
};

/** Of lengths in mm or px, of angles degrees, of areas mm² or px². */
export type Figure = {
  name: 'length' | 'angle' | 'long' | 'short' | 'area' | 'volume';
  value: Measured;
  unit: 'mm' | 'px' | '°' | 'mm²' | 'px²' | 'ml';
};

/** What must be said beside the numbers. */
export type Note =
  | 'no_spacing'
  | 'not_perpendicular'
  | 'no_values'
  | 'incomplete'
  | 'interpolated'
  | 'cut'
  /** Of the region as much as `lesion.apart` reaches the threshold and does not count. */
  | 'apart'
  | 'below_threshold'
  | 'no_peak'
  | 'no_liver'
  | 'no_suv'
  | 'computing'
  | 'empty';

export type Reading = {
  figures: Figure[];
  values: { unit: string; statistics: Statistics }[];
  region: { unit: string; grid: VoxelGrid; result: RegionResult; threshold: Measurement['threshold'] } | null;
  notes: Note[];
};

export type ReadingInput = {
  measurement: Measurement;
  /** `px` where the image has no spacing: then nothing is said in mm. */
  unit: 'mm' | 'px';
  edges: VoxelEdges;
  /** The series it was drawn on first; none where that has no volume. */
  sources: readonly Source[];
  /** The region that is named as the liver's, by its id. */
  liver: Measurement | null;
  /** Computes a region's values where that is not to be done here and now; null: they are still to come. */
  regionOf?: (asked: AskedRegion) => RegionResult | null;
};

/** Everything that a measurement says. The same points and pixels give the same reading everywhere. */
export function readingOf(input: ReadingInput): Reading {
  const { measurement, unit, edges } = input;
  const { kind, points, normal } = measurement;
  const notes: Note[] = unit === 'px' && kind !== 'arrow' && kind !== 'angle' ? ['no_spacing'] : [];
  const reading = (figures: Figure[]): Reading => ({ figures, values: [], region: null, notes });
  const [a, b, c] = points;
  switch (kind) {
    case 'length':
      return reading(a && b ? [{ name: 'length', value: lengthOf(a, b, edges), unit }] : []);
    case 'angle': {
      const value = a && b && c && angleOf(a, b, c, edges);
      return reading(value ? [{ name: 'angle', value, unit: '°' }] : []);
    }
    case 'bidirectional': {
      const found = bidirectionalOf(points, edges);
      if (!found) return reading([]);
      if (!found.perpendicular) notes.push('not_perpendicular');
      return reading([
        { name: 'long', value: found.long, unit },
        { name: 'short', value: found.short, unit },
      ]);
    }
    case 'ellipse':
      return areaReading(input, normal && ellipseShape(points, normal, edges), notes);
    case 'freehand':
      return areaReading(input, normal && freehandShape(points, normal, edges), notes);
    case 'region':
      return regionReading(input, notes);
    case 'arrow':
      return reading([]);
  }
}

function areaReading(
  { measurement, unit, sources }: ReadingInput,
  shape: PlanarShape | null,
  notes: Note[],
): Reading {
  const reading: Reading = { figures: [], values: [], region: null, notes };
  if (!shape || !measurement.normal) return reading;
  reading.figures.push({ name: 'area', value: shape.area, unit: unit === 'px' ? 'px²' : 'mm²' });
  if (sources.length === 0) notes.push('no_values');
  sources.forEach(({ unit: valueUnit, volume, scale }, index) => {
    const grid = voxelGrid(volume, scale);
    const found = valuesInShape(volume, grid, shape, measurement.normal as Mm3, scale);
    if (found.known) {
      reading.values.push({ unit: valueUnit, statistics: found.values.statistics });
      if (index === 0 && found.values.how === 'interpolated') notes.push('interpolated');
    } else if (index === 0) notes.push(found.reason);
  });
  return reading;
}

function regionReading(
  { measurement, sources, liver, regionOf = askedRegion }: ReadingInput,
  notes: Note[],
): Reading {
  const { points, threshold } = measurement;
  const [centre] = points;
  const [source] = sources;
  const radius = regionRadius(points);
  const figures: Figure[] = [];
  if (!centre || radius === 0) return { figures, values: [], region: null, notes };
  if (!source) return { figures, values: [], region: null, notes: ['no_values'] };
  const grid = voxelGrid(source.volume, source.scale);
  // A fixed SUV says nothing about Bq/ml.
  if (threshold.kind === 'suv' && !source.unit.startsWith('SUV'))
    return { figures, values: [], region: null, notes: ['no_suv'] };
  const wanted = thresholdFor(grid, threshold, liver);
  if (!wanted) return { figures, values: [], region: null, notes: ['no_liver'] };
  const { volume, scale } = source;
  const result = regionOf({ volume, scale, centre, radius, threshold: wanted });
  if (!result) return { figures, values: [], region: null, notes: ['computing'] };
  if (!result.known) notes.push(result.reason);
  else {
    if (!result.values.lesion) notes.push('below_threshold');
    if (result.values.lesion?.cut) notes.push('cut');
    if (result.values.lesion?.apart) notes.push('apart');
    if (!result.values.peak && source.unit.startsWith('SUV')) notes.push('no_peak');
  }
  return { figures, values: [], region: { unit: source.unit, grid, result, threshold }, notes };
}

function thresholdFor(
  grid: VoxelGrid,
  threshold: Measurement['threshold'],
  liver: Measurement | null,
): RegionThreshold | null {
  if (threshold.kind !== 'liver') return threshold;
  const [centre] = liver?.points ?? [];
  if (!liver || !centre) return null;
  const values = voxelsWithin(grid, centre, regionRadius(liver.points)).map((voxel) => grid.value(...voxel));
  const statistics = values.some(Number.isNaN) ? null : statisticsOf(values);
  return statistics && { kind: 'liver', liver: statistics };
}
