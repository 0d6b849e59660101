import type { APIRequestContext } from '@playwright/test';
import dcmjs from 'dcmjs';
import { EXPLICIT_LITTLE_ENDIAN } from '../../lib/dicom/uids.ts';
import { hodgkinFiles, hodgkinPatient } from '../../lib/phantom/hodgkin.ts';
import { studyUid } from '../../lib/phantom/patient.ts';
import { caseOf, upload } from './case-of.ts';

/** Of the first dose's, everywhere. */
export const SECOND_PLAN_SHARE = 0.9;
/** A part of the body, so that it is quickly made: from the mediastinum to the jaw. */
const EXTENT = {
  planes: { bottom: 140, spacing: 5, count: 40, pixel: 0.9765625 },
  pet: { first: 140, last: 140 },
};

type Dict = Record<string, { vr: string; Value: unknown[] }>;

/** The same object under another number, with what `change` makes of it. */
function otherwise(bytes: Uint8Array, uid: string, change: (dict: Dict) => void): Uint8Array {
  const dict = dcmjs.data.DicomMessage.readFile(Uint8Array.from(bytes).buffer).dict as Dict;
  dict['00080018'] = { vr: 'UI', Value: [uid] };
  dict['0020000E'] = { vr: 'UI', Value: [`${uid}.1`] };
  change(dict);
  const file = new dcmjs.data.DicomDict({
    '00020002': dict['00080016'],
    '00020003': { vr: 'UI', Value: [uid] },
    '00020010': { vr: 'UI', Value: [EXPLICIT_LITTLE_ENDIAN] },
  });
  file.dict = dict;
  return new Uint8Array(file.write());
}

const itemOf = (dict: Dict, tag: string): Dict => dict[tag]?.Value[0] as Dict;

/** Its first beam turns from 300° clockwise over the top to 60°. */
function asArc(beam: Dict): void {
  const points = beam['300A0111']?.Value as Dict[];
  for (const [index, gantry, direction] of [
    [0, '300', 'CW'],
    [1, '60', 'NONE'],
  ] as const) {
    const point = points[index];
    if (!point) throw new Error('the beam has no control points');
    point['300A011E'] = { vr: 'DS', Value: [gantry] };
    point['300A011F'] = { vr: 'CS', Value: [direction] };
  }
}

/**
 * A case of the synthetic patient with a second plan of 27 Gy, its first beam an arc, whose dose is nine tenths of the first one's everywhere;
 * and with that dose once more in a frame of reference that nothing leads to. Gives the case's number.
 */
export async function twoPlansCase(request: APIRequestContext, seed: number): Promise<string> {
  const files = new Map([...hodgkinFiles(seed, EXTENT)].map((file) => [file.path, file.bytes]));
  const [plan, dose] = [files.get('RTPLAN/0001.dcm'), files.get('RTDOSE/0001.dcm')];
  if (!plan || !dose) throw new Error('the phantom has no plan');
  const uid = (part: number) => `2.25.${seed}${part}`;
  const weaker = (dict: Dict) => {
    const [scaling] = dict['3004000E']?.Value ?? [];
    dict['3004000E'] = { vr: 'DS', Value: [(Number(scaling) * SECOND_PLAN_SHARE).toPrecision(10)] };
    dict['0008103E'] = { vr: 'LO', Value: ['Dose 27 Gy'] };
    itemOf(dict, '300C0002')['00081155'] = { vr: 'UI', Value: [uid(1)] };
  };
  const more = [
    otherwise(plan, uid(1), (dict) => {
      dict['300A0002'] = { vr: 'SH', Value: ['ISRT_27Gy'] };
      itemOf(dict, '300A0010')['300A0026'] = { vr: 'DS', Value: ['27'] };
      asArc(itemOf(dict, '300A00B0'));
    }),
    otherwise(dose, uid(2), weaker),
    otherwise(dose, uid(3), (dict) => {
      weaker(dict);
      dict['0008103E'] = { vr: 'LO', Value: ['Elsewhere'] };
      dict['00200052'] = { vr: 'UI', Value: [uid(9)] };
    }),
  ];
  await upload(request, [...files.values(), ...more]);
  const words = { familyName: 'TWO PLANS', givenName: 'Test', question: 'Which plan?' };
  return caseOf(request, studyUid(hodgkinPatient(seed)), words);
}
