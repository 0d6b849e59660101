import { items, type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';
import type { Mm3 } from './image-plane.ts';
import { type BeamAt, controlPoints } from './rtplan-control-points.ts';

/** What one site is to receive (Dose Reference Sequence of type TARGET, PS3.3 C.8.8.10). Gray, of the whole course. */
export type Prescription = {
  number: number | null;
  description: string;
  /** ROI of the referenced structure set, where the site is one. */
  roiNumber: number | null;
  /** Null where the plan names a target without a dose. */
  doseGy: number | null;
  minimumGy: number | null;
  maximumGy: number | null;
};

/** What a beam gives in each fraction (Referenced Beam Sequence, PS3.3 C.8.8.13). */
export type BeamShare = { beamNumber: number; meterset: number | null; doseGy: number | null };

export type FractionGroup = {
  number: number | null;
  fractions: number | null;
  beams: BeamShare[];
  brachySetups: number;
};

export type Beam = {
  number: number;
  name: string;
  /** STATIC or DYNAMIC; '' when not said. */
  type: string;
  /** PHOTON, ELECTRON, PROTON… */
  radiation: string;
  /** TREATMENT, SETUP, OPEN_PORTFILM… */
  delivery: string;
  machine: string;
  /** What metersets count: MU, MINUTE. */
  metersetUnit: string;
  /** mm from the source to the gantry's axis. */
  sourceAxisDistance: number | null;
  patientPosition: string;
  /** With what the standard carries over from one to the next; at least one, or none when the plan has none. */
  points: BeamAt[];
};

export type PlanGap = 'prescription' | 'fractions' | 'beams' | 'metersets' | 'isocentre' | 'structure_set';

export type RtPlan = {
  sopInstanceUid: string;
  studyUid: string;
  label: string;
  name: string;
  date: string;
  /** CURATIVE, PALLIATIVE, VERIFICATION…; '' when not said. */
  intent: string;
  approval: string;
  prescriptionText: string;
  frameOfReferenceUid: string;
  structureSetUid: string;
  doseUids: string[];
  prescriptions: Prescription[];
  fractionGroups: FractionGroup[];
  beams: Beam[];
  setups: { number: number | null; patientPosition: string; technique: string }[];
  /** What the reader would look for and the object does not say. */
  missing: PlanGap[];
};

/** An RT Plan or RT Ion Plan (PS3.3 A.20, A.49) from DICOM JSON. What it does not say is null and listed, never made up. */
export function parsePlan(json: JsonDataSet): RtPlan {
  const setups = items(json, '300A0180').map((item) => ({
    number: numberValue(item, '300A0182'),
    patientPosition: textValue(item, '00185100'),
    technique: textValue(item, '300A01B0'),
  }));
  const beams = [...items(json, '300A00B0'), ...items(json, '300A03A2')].flatMap((item): Beam[] => {
    const number = numberValue(item, '300A00C0');
    if (number === null) return [];
    const setup = numberValue(item, '300C006A');
    const own = setups.find((one) => one.number === setup) ?? (setups.length === 1 ? setups[0] : undefined);
    return [
      {
        number,
        name: textValue(item, '300A00C2') || textValue(item, '300A00C3'),
        type: textValue(item, '300A00C4'),
        radiation: textValue(item, '300A00C6'),
        delivery: textValue(item, '300A00CE'),
        machine: textValue(item, '300A00B2'),
        metersetUnit: textValue(item, '300A00B3'),
        sourceAxisDistance: numberValue(item, '300A00B4') ?? numberValues(item, '300A030A')?.[0] ?? null,
        patientPosition: own?.patientPosition ?? '',
        points: controlPoints(item),
      },
    ];
  });
  const plan = {
    sopInstanceUid: textValue(json, '00080018'),
    studyUid: textValue(json, '0020000D'),
    label: textValue(json, '300A0002'),
    name: textValue(json, '300A0003'),
    date: textValue(json, '300A0006'),
    intent: textValue(json, '300A000A'),
    approval: textValue(json, '300E0002'),
    prescriptionText: textValue(json, '300A000E'),
    frameOfReferenceUid: textValue(json, '00200052'),
    structureSetUid: textValue(items(json, '300C0060')[0], '00081155'),
    doseUids: items(json, '300C0080').map((item) => textValue(item, '00081155')),
    prescriptions: items(json, '300A0010').flatMap(prescription),
    fractionGroups: items(json, '300A0070').map(fractionGroup),
    beams,
    setups,
  };
  return { ...plan, missing: gapsOf(plan) };
}

function prescription(item: JsonDataSet): Prescription[] {
  if (textValue(item, '300A0020') !== 'TARGET') return [];
  return [
    {
      number: numberValue(item, '300A0012'),
      description: textValue(item, '300A0016'),
      roiNumber: numberValue(item, '30060084'),
      doseGy: numberValue(item, '300A0026'),
      minimumGy: numberValue(item, '300A0025'),
      maximumGy: numberValue(item, '300A0027'),
    },
  ];
}

function fractionGroup(item: JsonDataSet): FractionGroup {
  return {
    number: numberValue(item, '300A0071'),
    fractions: numberValue(item, '300A0078'),
    brachySetups: numberValue(item, '300A00A0') ?? 0,
    beams: items(item, '300C0004').flatMap((beam): BeamShare[] => {
      const beamNumber = numberValue(beam, '300C0006');
      if (beamNumber === null) return [];
      return [{ beamNumber, meterset: numberValue(beam, '300A0086'), doseGy: numberValue(beam, '300A0084') }];
    }),
  };
}

function gapsOf(plan: Omit<RtPlan, 'missing'>): PlanGap[] {
  const gaps: PlanGap[] = [];
  if (prescribedGy(plan) === null) gaps.push('prescription');
  const { fractionGroups: groups, beams } = plan;
  if (groups.length === 0 || groups.some((one) => !one.fractions)) gaps.push('fractions');
  if (beams.length === 0) gaps.push('beams');
  // Fields that only place the patient have none.
  const treating = beams.filter((beam) => beam.delivery !== 'SETUP');
  const known = new Set(
    groups.flatMap((one) =>
      one.beams.filter((beam) => beam.meterset !== null).map((beam) => beam.beamNumber),
    ),
  );
  if (treating.some((beam) => !known.has(beam.number))) gaps.push('metersets');
  if (treating.some((beam) => !beam.points[0]?.isocentre)) gaps.push('isocentre');
  if (plan.structureSetUid === '') gaps.push('structure_set');
  return gaps;
}

/** The highest dose that is prescribed to a target, Gy: what 100 % stands for until somebody says otherwise. */
export function prescribedGy(plan: Pick<RtPlan, 'prescriptions'>): number | null {
  const doses = plan.prescriptions.flatMap((one) => (one.doseGy && one.doseGy > 0 ? [one.doseGy] : []));
  return doses.length > 0 ? Math.max(...doses) : null;
}

/** The beams' isocentres, each once; patient mm. */
export function isocentresOf(plan: RtPlan): Mm3[] {
  const found: Mm3[] = [];
  for (const { points } of plan.beams)
    for (const { isocentre } of points) {
      const near = (other: Mm3) =>
        isocentre?.every((value, axis) => Math.abs(value - (other[axis] ?? 0)) < 0.1);
      if (isocentre && !found.some(near)) found.push(isocentre);
    }
  return found;
}
