import { items, type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';
import type { Mm3 } from './image-plane.ts';

/** Positions of leaves or jaws in the isocentre's plane, mm (IEC 61217 beam limiting device coordinates). */
export type Device = {
  /** X, Y, ASYMX, ASYMY, MLCX, MLCY. */
  type: string;
  /** All of one side, then all of the other. */
  positions: number[];
  /** Where leaves meet their neighbours, across their movement; none for jaws. */
  boundaries: number[];
};

/** A beam at one control point: angles in degrees (IEC 61217), lengths in mm. Null is what the plan does not say. */
export type BeamAt = {
  gantry: number | null;
  /** Which way the gantry turns from here to the next point, clockwise being towards greater angles; NONE: it does not. */
  rotation: 'CW' | 'CC' | 'NONE' | null;
  collimator: number | null;
  couch: number | null;
  isocentre: Mm3 | null;
  /** Whether the table top or the gantry is tilted besides: pitch, roll, eccentric rotation. */
  otherAngles: boolean;
  /** mm from the source to the skin. */
  ssd: number | null;
  /** MV for photons, MeV for particles. */
  energy: number | null;
  devices: Device[];
  /** Share of the beam's meterset that was given when this point is reached; null when not said. */
  weight: number | null;
};

const NOTHING: BeamAt = {
  gantry: null,
  rotation: null,
  collimator: null,
  couch: null,
  isocentre: null,
  otherAngles: false,
  ssd: null,
  energy: null,
  devices: [],
  weight: null,
};

/** Table Top Eccentric Angle, Table Top Pitch and Roll Angle, Gantry Pitch Angle. */
const OTHER_ANGLES = ['300A0125', '300A0140', '300A0144', '300A014A'];

/**
 * The control points of an item of Beam Sequence or Ion Beam Sequence. What a point leaves out is as it was at the one
 * before (PS3.3 C.8.8.14.5).
 */
export function controlPoints(beam: JsonDataSet): BeamAt[] {
  const devices = [...items(beam, '300A00B6'), ...items(beam, '300A03A4')];
  const boundaries = new Map(
    devices.map((item) => [textValue(item, '300A00B8'), numberValues(item, '300A00BE') ?? []]),
  );
  let before = NOTHING;
  return [...items(beam, '300A0111'), ...items(beam, '300A03A8')].map((item) => {
    const isocentre = numberValues(item, '300A012C');
    const moved = items(item, '300A011A').flatMap((one): Device[] => {
      const type = textValue(one, '300A00B8');
      const positions = numberValues(one, '300A011C');
      return positions ? [{ type, positions, boundaries: boundaries.get(type) ?? [] }] : [];
    });
    before = {
      gantry: numberValue(item, '300A011E') ?? before.gantry,
      rotation: rotationOf(item) ?? before.rotation,
      collimator: numberValue(item, '300A0120') ?? before.collimator,
      couch: numberValue(item, '300A0122') ?? before.couch,
      isocentre: isocentre?.length === 3 ? (isocentre as unknown as Mm3) : before.isocentre,
      otherAngles: before.otherAngles || OTHER_ANGLES.some((tag) => (numberValue(item, tag) ?? 0) !== 0),
      ssd: numberValue(item, '300A0130') ?? before.ssd,
      energy: numberValue(item, '300A0114') ?? before.energy,
      devices: [...before.devices.filter((old) => !moved.some((one) => one.type === old.type)), ...moved],
      weight: numberValue(item, '300A0134'),
    };
    return before;
  });
}

/** Gantry Rotation Direction (IEC 61217, seen by somebody who faces the gantry). */
function rotationOf(item: JsonDataSet): BeamAt['rotation'] {
  const value = textValue(item, '300A011F');
  return value === 'CW' || value === 'CC' || value === 'NONE' ? value : null;
}
