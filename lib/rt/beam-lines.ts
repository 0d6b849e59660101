import { addScaled, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { Beam } from '../dicom/rtplan.ts';
import type { BeamAt } from '../dicom/rtplan-control-points.ts';
import { arcsOf } from './beam-arcs.ts';
import { beamToPatient } from './beam-frame.ts';
import { openingOf, outlineOf } from './beam-opening.ts';
import type { CutPlane } from './section-plane.ts';

/** From here to there, in mm along the beam from its isocentre towards the source, its lines are drawn. */
const UPSTREAM = 250;
const DOWNSTREAM = -150;
/** mm from the source to the isocentre where the plan does not say. */
const USUAL_DISTANCE = 1000;

/** A beam in the patient, mm of the plan's frame of reference. */
export type BeamShape = {
  isocentre: Mm3;
  source: Mm3;
  /** Both ends of what is drawn of the central axis; an arc has one at its start and one at its stop. */
  axes: (readonly [Mm3, Mm3])[];
  /** Ways of the gantry round the isocentre in the order in which it goes them, from the start of each to its stop. */
  arcs: Mm3[][];
  /** Faces of the field's edge: a part of the straight line through the source at either end of an edge. */
  faces: (readonly [readonly [Mm3, Mm3], readonly [Mm3, Mm3]])[];
};

export type NoBeam = 'no_isocentre' | 'no_gantry' | 'patient_position' | 'other_angles';

/**
 * Where a beam runs, or why that is not known. Of an arc: its axes at both ends, the way between them where the plan says
 * which way it turns, and the field at its start.
 */
export function beamShape(beam: Beam): BeamShape | NoBeam {
  const [first] = beam.points;
  const last = beam.points.at(-1);
  if (!first?.isocentre) return 'no_isocentre';
  if (first.gantry === null) return 'no_gantry';
  if (beam.points.some((one) => one.otherAngles)) return 'other_angles';
  const start = along(beam, first);
  const stop = last && last.gantry !== first.gantry ? along(beam, last) : null;
  if (!start) return 'patient_position';
  const { isocentre, point, source } = start;
  const edges = outlineOf(openingOf(beam));
  const distance = beam.sourceAxisDistance ?? USUAL_DISTANCE;
  // Through the source: what passes a corner at the isocentre lies nearer to the axis the nearer it is to the source.
  const ray = ([x, y]: readonly [number, number]): readonly [Mm3, Mm3] => {
    const at = (z: number): Mm3 =>
      point([(x * (distance - z)) / distance, (y * (distance - z)) / distance, z]);
    return [at(UPSTREAM), at(DOWNSTREAM)];
  };
  return {
    isocentre,
    source,
    axes: [start.axis, ...(stop ? [stop.axis] : [])],
    arcs: waysOf(beam, first),
    faces: edges.map(([from, to]) => [ray(from), ray(to)] as const),
  };
}

/** mm from the isocentre at which an arc is drawn, and degrees between its points. */
const ARC_AT = 160;
const ARC_STEP = 3;

function waysOf(beam: Beam, first: BeamAt): Mm3[][] {
  const arcs = arcsOf(beam);
  if (arcs === 'direction_unknown') return [];
  return arcs.map(({ from, by }) => {
    const steps = Math.max(1, Math.ceil(Math.abs(by) / ARC_STEP));
    return Array.from({ length: steps + 1 }, (_, step) =>
      along(beam, { ...first, gantry: from + (by * step) / steps })?.point([0, 0, ARC_AT]),
    ).filter((point) => point !== undefined);
  });
}

function along(beam: Beam, at: BeamAt) {
  const { gantry, collimator, couch, isocentre } = at;
  if (gantry === null || !isocentre) return null;
  const turn = beamToPatient(
    { gantry, collimator: collimator ?? 0, couch: couch ?? 0 },
    beam.patientPosition,
  );
  if (!turn) return null;
  const point = (vector: Mm3): Mm3 => addScaled(isocentre, turn(vector), 1);
  const axis = [point([0, 0, UPSTREAM]), point([0, 0, DOWNSTREAM])] as const;
  return { isocentre, point, source: point([0, 0, beam.sourceAxisDistance ?? USUAL_DISTANCE]), axis };
}

/** Where the field's edge passes a plane: pieces of straight lines as x, y, x, y in mm of the plane. */
export function fieldEdges({ faces }: BeamShape, plane: CutPlane): [number, number, number, number][] {
  return faces.flatMap(([[a, b], [d, c]]) => {
    const corners = [a, b, c, d];
    const depths = corners.map((one) => dot(one, plane.normal) - plane.depth);
    const hits: [number, number][] = [];
    corners.forEach((from, index) => {
      const next = (index + 1) % 4;
      const [here = 0, there = 0] = [depths[index], depths[next]];
      if (here >= 0 === there >= 0) return;
      const point = addScaled(from, subtract(corners[next] ?? from, from), here / (here - there));
      hits.push([dot(point, plane.right), dot(point, plane.down)]);
    });
    const [one, other] = hits;
    return one && other ? [[...one, ...other] as [number, number, number, number]] : [];
  });
}
