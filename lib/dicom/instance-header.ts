import type { DataSet } from 'dicom-parser';
import { DicomError } from './errors.ts';
import { textOf } from './json.ts';
import { uint16 } from './numbers.ts';
import { hasPixels, type ParsedHeader } from './parse-header.ts';
import { isUid } from './uids.ts';

/** What the store's index keeps of an object's header, decoded. Empty strings where the header says nothing. */
export type InstanceHeader = {
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  patientId: string;
  /** As in the header: groups by `=`, components by `^` (PS3.5 6.2.1). */
  patientName: string;
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  studyTime: string;
  studyId: string;
  accessionNumber: string;
  studyDescription: string;
  referringPhysician: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
  bodyPart: string;
  frameOfReferenceUid: string;
  seriesDate: string;
  seriesTime: string;
  instanceNumber: number | null;
  rows: number | null;
  columns: number | null;
  frames: number;
};

/** Longer text is no name, number or title, and an index has no room for it (PS3.5 6.2: 64 characters, PN 3 × 64). */
const MAX_CHARACTERS = 512;
const MAX_TEXT_BYTES = 4 * MAX_CHARACTERS;
/** Whom and what an object belongs to: cut short it could be somebody else's. */
const IDENTIFYING = new Set(['x00100010', 'x00100020', 'x00080050', 'x00200010']);

/**
 * Reads the index's facts from a parsed header. A description of impossible length is cut.
 * @throws DicomError when a UID is missing or is none, or an identifier is impossibly long
 */
export function instanceHeader({ dataSet, transferSyntaxUid }: ParsedHeader): InstanceHeader {
  const characterSet = dataSet.string('x00080005');
  const text = (tag: string, vr: string): string => {
    const element = dataSet.elements[tag];
    if (!element) return '';
    const length = Math.min(element.length, MAX_TEXT_BYTES);
    const value = textOf(dataSet, { ...element, length }, vr, characterSet).trim();
    if (element.length <= MAX_TEXT_BYTES && value.length <= MAX_CHARACTERS) return value;
    if (IDENTIFYING.has(tag))
      throw new DicomError('dicom_unreadable', `an identifier of ${element.length} bytes`);
    return value.slice(0, MAX_CHARACTERS).toWellFormed();
  };
  const first = (tag: string, vr: string): string => text(tag, vr).split('\\')[0]?.trim() ?? '';
  return {
    sopInstanceUid: requiredUid(dataSet, 'x00080018', 'SOP Instance UID'),
    sopClassUid: requiredUid(dataSet, 'x00080016', 'SOP Class UID'),
    transferSyntaxUid,
    studyInstanceUid: requiredUid(dataSet, 'x0020000d', 'Study Instance UID'),
    seriesInstanceUid: requiredUid(dataSet, 'x0020000e', 'Series Instance UID'),
    patientId: text('x00100020', 'LO'),
    patientName: first('x00100010', 'PN'),
    patientBirthDate: first('x00100030', 'DA'),
    patientSex: first('x00100040', 'CS'),
    studyDate: first('x00080020', 'DA').replace(/[.]/g, ''),
    studyTime: first('x00080030', 'TM'),
    studyId: text('x00200010', 'SH'),
    accessionNumber: text('x00080050', 'SH'),
    studyDescription: text('x00081030', 'LO'),
    referringPhysician: first('x00080090', 'PN'),
    modality: first('x00080060', 'CS'),
    seriesNumber: integer(first('x00200011', 'IS')),
    seriesDescription: text('x0008103e', 'LO'),
    bodyPart: first('x00180015', 'CS'),
    frameOfReferenceUid: first('x00200052', 'UI'),
    seriesDate: first('x00080021', 'DA'),
    seriesTime: first('x00080031', 'TM'),
    instanceNumber: integer(first('x00200013', 'IS')),
    rows: uint16(dataSet, 'x00280010') ?? null,
    columns: uint16(dataSet, 'x00280011') ?? null,
    frames: hasPixels(dataSet) ? Math.max(1, integer(first('x00280008', 'IS')) ?? 1) : 1,
  };
}

/** 64 and some padding. */
const MAX_UID_BYTES = 128;

function requiredUid(dataSet: DataSet, tag: string, name: string): string {
  const { dataOffset = 0, length = 0 } = dataSet.elements[tag] ?? {};
  if (length > MAX_UID_BYTES) throw new DicomError('dicom_invalid_uid', name);
  // Nulls pad a UID (PS3.5 9.1); what stands behind one would be lost, and two objects be one.
  const bytes = dataSet.byteArray.subarray(dataOffset, dataOffset + length);
  const value = String.fromCharCode(...bytes).replace(/^ +|[ \0]+$/g, '');
  if (value === '') throw new DicomError('dicom_missing_uid', name);
  if (!isUid(value)) throw new DicomError('dicom_invalid_uid', name);
  return value;
}

/** An Integer String fits 32 bits (PS3.5 6.2); anything else is as good as none. */
function integer(value: string): number | null {
  const number = Number(value);
  return value !== '' && Number.isInteger(number) && Math.abs(number) <= 2147483647 ? number : null;
}
