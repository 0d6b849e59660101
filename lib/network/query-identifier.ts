import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { isUid } from '@/lib/dicom/uids.ts';
import { dateRange, namePattern } from './rules.ts';
import type { QueryNode, RemoteStudy } from './schema.ts';

const element = (vr: string, value: string): DicomJsonElement =>
  value === '' ? { vr } : { vr, Value: vr === 'PN' ? [{ Alphabetic: value }] : [value] };

/** A study-level question (PS3.4 C.6.2.1): keys with a value narrow, empty ones ask for the answer's attribute. */
export function studyIdentifier(query: QueryNode): DicomJson {
  return {
    '00080005': element('CS', 'ISO_IR 192'),
    '00080020': element('DA', dateRange(query)),
    '00080030': element('TM', ''),
    '00080050': element('SH', query.accessionNumber),
    '00080052': element('CS', 'STUDY'),
    '00080061': element('CS', query.modality),
    '00081030': element('LO', ''),
    '00100010': element('PN', namePattern(query.patientName)),
    '00100020': element('LO', query.patientId),
    '00100030': element('DA', ''),
    '0020000D': element('UI', ''),
    '00200010': element('SH', ''),
    '00201208': element('IS', ''),
  };
}

/** The identifier of a retrieval of one whole study (PS3.4 C.4.2.1.4, C.4.3.1.3). */
export const retrieveIdentifier = (studyInstanceUid: string): DicomJson => ({
  '00080052': element('CS', 'STUDY'),
  '0020000D': element('UI', studyInstanceUid),
});

const values = (answer: DicomJson, tag: string): unknown[] => answer[tag]?.Value ?? [];
const text = (answer: DicomJson, tag: string): string => {
  const [first] = values(answer, tag);
  return typeof first === 'string' || typeof first === 'number' ? String(first).trim() : '';
};

/** A study of an answer; undefined where it names none: such an answer cannot be fetched. */
export function toRemoteStudy(answer: DicomJson): Omit<RemoteStudy, 'here'> | undefined {
  const studyInstanceUid = text(answer, '0020000D');
  if (!isUid(studyInstanceUid)) return undefined;
  const [name] = values(answer, '00100010') as ({ Alphabetic?: string; Ideographic?: string } | null)[];
  const count = Number(text(answer, '00201208'));
  return {
    studyInstanceUid,
    patientId: text(answer, '00100020'),
    patientName: displayName([name?.Alphabetic ?? '', name?.Ideographic].filter(Boolean).join('=')),
    patientBirthDate: text(answer, '00100030'),
    studyDate: text(answer, '00080020').replaceAll('.', ''),
    description: text(answer, '00081030'),
    accessionNumber: text(answer, '00080050'),
    modalities: values(answer, '00080061').filter((one): one is string => typeof one === 'string'),
    instanceCount: text(answer, '00201208') !== '' && Number.isInteger(count) && count >= 0 ? count : null,
  };
}
