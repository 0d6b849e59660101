import { items, type JsonDataSet, numberValue, textValue } from './display-json.ts';

/** Encapsulated PDF Storage (PS3.3 A.45.1). */
export const ENCAPSULATED_PDF_STORAGE = '1.2.840.10008.5.1.4.1.1.104.1';

/**
 * Structured reports (PS3.3 A.35) whose content tree is written out as it stands: Basic Text, Enhanced, Comprehensive,
 * Comprehensive 3D, Extensible, Procedure Log, Mammography CAD, Key Object Selection, Chest CAD, X-Ray Radiation Dose,
 * Radiopharmaceutical Radiation Dose, Colon CAD, Implantation Plan, Acquisition Context, Simplified Adult Echo,
 * Patient Radiation Dose, Planned Imaging Agent Administration, Performed Imaging Agent Administration, Enhanced X-Ray
 * Radiation Dose.
 */
export const REPORT_STORAGE = [
  '11',
  '22',
  '33',
  '34',
  '35',
  '40',
  '50',
  '59',
  '65',
  '67',
  '68',
  '69',
  '70',
  '71',
  '72',
  '73',
  '74',
  '75',
  '76',
].map((last) => `1.2.840.10008.5.1.4.1.1.88.${last}`);

/** A document or report of a case, as its header tells it. */
export type ClinicalDocument = {
  kind: 'pdf' | 'report';
  studyUid: string;
  seriesUid: string;
  sopInstanceUid: string;
  /** Document Title, the report's concept name, or what the series is called; '' where nothing is said. */
  title: string;
  /** Content Date, else that of the series or study, as DICOM writes it; '' where there is none. */
  date: string;
  /** Of a report: whether somebody has signed for it (PS3.3 C.17.2). */
  verified: boolean | null;
  /** Of a report: it says of itself that it is not finished, or not final (PS3.3 C.17.2, Preliminary Flag). */
  partial: boolean;
  /** Bytes of an encapsulated document without what fills it up to an even length; null where it is not told. */
  length: number | null;
};

/** Reads what a list of documents needs; throws nothing. */
export function clinicalDocument(header: JsonDataSet): ClinicalDocument {
  const text = (tag: string) => textValue(header, tag);
  const report = text('00080016') !== ENCAPSULATED_PDF_STORAGE;
  const [concept] = items(header, '0040A043');
  const titles = [text('00420010'), textValue(concept, '00080104'), text('0008103E'), text('00081030')];
  return {
    kind: report ? 'report' : 'pdf',
    studyUid: text('0020000D'),
    seriesUid: text('0020000E'),
    sopInstanceUid: text('00080018'),
    title: titles.find((title) => title !== '') ?? '',
    date: [text('00080023'), text('00080021'), text('00080020')].find((date) => date !== '') ?? '',
    verified: report && text('0040A493') !== '' ? text('0040A493') === 'VERIFIED' : null,
    partial: text('0040A491') === 'PARTIAL' || text('0040A496') === 'PRELIMINARY',
    length: numberValue(header, '00420015'),
  };
}
