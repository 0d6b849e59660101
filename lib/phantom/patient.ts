import type { DicomObject } from '../dicom/dicom-file.ts';
import { uidFor } from './uid.ts';

/** Who was scanned and when. Dates are fixed: the same seed gives the same bytes on any day. */
export type PhantomPatient = {
  seed: number;
  /** DICOM person name; the family name says that nobody real is meant. */
  name: string;
  id: string;
  /** YYYYMMDD */
  birthDate: string;
  sex: 'F' | 'M';
  age: string;
  weightKg: number;
  heightM: number;
  studyDate: string;
  studyTime: string;
  studyDescription: string;
  accessionNumber: string;
  bodyPart: string;
};

export type SeriesName = 'ct' | 'pet' | 'mr' | 'rtstruct' | 'rtplan' | 'rtdose' | 'reg' | 'report';

type SeriesOptions = {
  series: SeriesName;
  modality: string;
  sopClassUid: string;
  sopInstanceUid: string;
  number: number;
  description: string;
  date: string;
  time: string;
  instanceNumber: number;
};

export const frameOfReferenceUid = (patient: PhantomPatient): string => uidFor(patient.seed, 'frame');
export const studyUid = (patient: PhantomPatient): string => uidFor(patient.seed, 'study');
export const seriesUid = (patient: PhantomPatient, series: SeriesName): string =>
  uidFor(patient.seed, `series ${series}`);
/** An image's UID follows from its height, so that a part of the patient has the same images as the whole. */
export const instanceUid = (patient: PhantomPatient, series: SeriesName, z = 0): string =>
  uidFor(patient.seed, `instance ${series} ${z}`);

/** Patient, Study, Series, Frame of Reference, Equipment and SOP Common (PS3.3 C.7.1 to C.7.5, C.12.1). */
export function commonModules(
  patient: PhantomPatient,
  options: SeriesOptions,
): DicomObject & { SOPClassUID: string; SOPInstanceUID: string } {
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: options.sopClassUid,
    SOPInstanceUID: options.sopInstanceUid,
    InstanceCreationDate: options.date,
    InstanceCreationTime: options.time,
    PatientName: patient.name,
    PatientID: patient.id,
    IssuerOfPatientID: 'IGR',
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    PatientComments: 'Synthetic patient made by a program: nobody real',
    StudyInstanceUID: studyUid(patient),
    StudyDate: patient.studyDate,
    StudyTime: patient.studyTime,
    StudyID: String(patient.seed),
    StudyDescription: patient.studyDescription,
    AccessionNumber: patient.accessionNumber,
    ReferringPhysicianName: 'FAURE^Régine^^Dr',
    PatientAge: patient.age,
    PatientWeight: patient.weightKg,
    PatientSize: patient.heightM,
    Modality: options.modality,
    SeriesInstanceUID: seriesUid(patient, options.series),
    SeriesNumber: options.number,
    SeriesDescription: options.description,
    SeriesDate: options.date,
    SeriesTime: options.time,
    OperatorsName: '',
    FrameOfReferenceUID: frameOfReferenceUid(patient),
    PositionReferenceIndicator: '',
    Manufacturer: 'Consilium',
    ManufacturerModelName: 'Synthetic patient',
    InstitutionName: 'Institut A',
    SoftwareVersions: '1',
    InstanceNumber: options.instanceNumber,
  };
}
