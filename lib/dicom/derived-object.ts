import type { DicomObject } from './dicom-file.ts';
import { type JsonDataSet, textValue } from './display-json.ts';
import { ownTime } from './own-time.ts';
import { joinedName, type NameGroups } from './person-name.ts';

/** One image, or one frame of it. */
export type ImageReference = {
  studyUid: string;
  seriesUid: string;
  sopClassUid: string;
  sopInstanceUid: string;
  /** Counted from 1; null for an image that has one frame only. */
  frame: number | null;
};

/** What names an object that is made from images, and who made it when. */
export type DerivedIdentity = {
  sopInstanceUid: string;
  seriesUid: string;
  /** Series Number and Instance Number. */
  seriesNumber: number;
  instanceNumber: number;
  seriesDescription: string;
  at: Date;
  /** As people write it: no name components are known. */
  author: string;
};

const patientAndStudy = {
  PatientName: '00100010',
  PatientID: '00100020',
  IssuerOfPatientID: '00100021',
  PatientBirthDate: '00100030',
  PatientSex: '00100040',
  StudyInstanceUID: '0020000D',
  StudyDate: '00080020',
  StudyTime: '00080030',
  ReferringPhysicianName: '00080090',
  StudyID: '00200010',
  AccessionNumber: '00080050',
  StudyDescription: '00081030',
} as const;
/** Type 3: an empty one says less than none. */
const optional = new Set(['IssuerOfPatientID', 'StudyDescription']);

/**
 * Patient, General Study, General Series, General Equipment and SOP Common (PS3.3 C.7.1 to C.7.5, C.12.1) of an object
 * that belongs into an image's study. The study's date and time mean what they mean in the image (own-time.ts).
 * @param image header of an image of that study
 */
export function derivedModules(
  image: JsonDataSet,
  identity: DerivedIdentity,
  object: { sopClassUid: string; modality: string },
): DicomObject & { SOPClassUID: string; SOPInstanceUID: string } {
  const copied = Object.entries(patientAndStudy).flatMap(([keyword, tag]): [string, string][] => {
    const value = keyword.endsWith('Name') ? personName(image, tag) : textValue(image, tag);
    return value === '' && optional.has(keyword) ? [] : [[keyword, value]];
  });
  const { date, time, offset } = ownTime(image, identity.at);
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: object.sopClassUid,
    SOPInstanceUID: identity.sopInstanceUid,
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    ...(offset !== null && { TimezoneOffsetFromUTC: offset }),
    ...Object.fromEntries(copied),
    Modality: object.modality,
    SeriesInstanceUID: identity.seriesUid,
    SeriesNumber: identity.seriesNumber,
    SeriesDescription: identity.seriesDescription,
    SeriesDate: date,
    SeriesTime: time,
    InstanceNumber: identity.instanceNumber,
    Manufacturer: 'Consilium',
    ManufacturerModelName: 'Consilium',
    SoftwareVersions: '1',
  };
}

/** A name as PN: all of it in the family name, with nothing that would divide it. */
export const plainPersonName = (name: string): string => name.replace(/[\\^=]/g, ' ').trim();

/** All component groups of a name. */
function personName(dataSet: JsonDataSet, tag: string): string {
  const value = dataSet[tag]?.Value?.[0];
  if (value === null || typeof value !== 'object') return textValue(dataSet, tag);
  return joinedName(value as NameGroups);
}

/** Image SOP Instance Reference Macro (PS3.3 table 10-3). */
export const imageReferenceItem = ({ sopClassUid, sopInstanceUid, frame }: ImageReference): DicomObject => ({
  ReferencedSOPClassUID: sopClassUid,
  ReferencedSOPInstanceUID: sopInstanceUid,
  ...(frame !== null && { ReferencedFrameNumber: frame }),
});
