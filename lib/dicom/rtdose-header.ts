import { items, type JsonDataSet, numberValue, textValue } from './display-json.ts';

/** What an RT Dose says of itself without its pixels (RT Dose module, PS3.3 C.8.8.3). */
export type DoseHeader = {
  studyUid: string;
  seriesUid: string;
  sopInstanceUid: string;
  frameOfReferenceUid: string;
  /** Series description, or the dose's comment. */
  description: string;
  /** GY or RELATIVE. */
  units: string;
  /** PHYSICAL, EFFECTIVE or ERROR. */
  doseType: string;
  /** PLAN, MULTI_PLAN, FRACTION, BEAM, *_SESSION…; '' when not said. */
  summationType: string;
  planUids: string[];
  /** Numbers of the plan's fraction groups and beams that it is the dose of; empty when it names none. */
  fractionGroups: number[];
  beams: number[];
  frames: number;
  bitsAllocated: number | null;
};

/** Reads DICOM JSON; what is not said is empty or null. */
export function parseDoseHeader(json: JsonDataSet): DoseHeader {
  const plans = items(json, '300C0002');
  const groups = plans.flatMap((plan) => items(plan, '300C0020'));
  const beams = groups.flatMap((group) => items(group, '300C0004'));
  const numbers = (list: readonly JsonDataSet[], tag: string): number[] =>
    list.map((item) => numberValue(item, tag)).filter((value) => value !== null);
  return {
    studyUid: textValue(json, '0020000D'),
    seriesUid: textValue(json, '0020000E'),
    sopInstanceUid: textValue(json, '00080018'),
    frameOfReferenceUid: textValue(json, '00200052'),
    description: textValue(json, '0008103E') || textValue(json, '30040006'),
    units: textValue(json, '30040002').toUpperCase(),
    doseType: textValue(json, '30040004'),
    summationType: textValue(json, '3004000A'),
    planUids: plans.map((plan) => textValue(plan, '00081155')).filter(Boolean),
    fractionGroups: numbers(groups, '300C0022'),
    beams: numbers(beams, '300C0006'),
    frames: numberValue(json, '00280008') ?? 1,
    bitsAllocated: numberValue(json, '00280100'),
  };
}
