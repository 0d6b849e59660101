import { type DicomObject, dicomFile } from '../dicom/dicom-file.ts';
import { commonModules, instanceUid, type PhantomPatient } from './patient.ts';

const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';

/** Concept names of DCM (PS3.16 annex D) and LOINC, with what they are called in the report's language. */
const sections = [
  ['121058', 'DCM', 'Indication', 'Lymphome de Hodgkin classique, évaluation après deux cures d’ABVD.'],
  [
    '121064',
    'DCM',
    'Technique',
    '18F-FDG, acquisition corps entier une heure après injection, patient à jeun. Scanner sans injection pour l’atténuation et le repérage.',
  ],
  [
    '121070',
    'DCM',
    'Constatations',
    'Fixations médiastinale, sus-claviculaire gauche et cervicale gauche, en regard des adénopathies du scanner.\nFoyer intense cervical droit, en regard d’une structure de taille normale au scanner.\nPas de fixation suspecte sous le diaphragme ni sur le squelette.',
  ],
  [
    '121076',
    'DCM',
    'Conclusion',
    'Atteinte sus-diaphragmatique connue. Ganglion cervical droit hypermétabolique de taille normale : à discuter en RCP avant de fixer le volume cible.',
  ],
] as const;

/** What nuclear medicine wrote of the PET: a Basic Text SR (PS3.3 A.35.1), signed. */
export function petReportFile(patient: PhantomPatient): Uint8Array {
  const date = patient.studyDate;
  return dicomFile({
    ...commonModules(patient, {
      series: 'report',
      modality: 'SR',
      sopClassUid: BASIC_TEXT_SR,
      sopInstanceUid: instanceUid(patient, 'report'),
      number: 8,
      description: 'Compte rendu TEP-TDM',
      date,
      time: '170000',
      instanceNumber: 1,
    }),
    ContentDate: date,
    ContentTime: '170000',
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'VERIFIED',
    VerifyingObserverSequence: [
      {
        VerifyingOrganization: 'IGR',
        VerificationDateTime: `${date}170000`,
        VerifyingObserverName: 'SYNTHETIQUE^Medecin',
        VerifyingObserverIdentificationCodeSequence: [],
      },
    ],
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: [code('44139-4', 'LN', 'Compte rendu de TEP-TDM')],
    ContinuityOfContent: 'SEPARATE',
    ContentSequence: sections.map(
      ([value, scheme, name, text]): DicomObject => ({
        RelationshipType: 'CONTAINS',
        ValueType: 'TEXT',
        ConceptNameCodeSequence: [code(value, scheme, name)],
        TextValue: text,
      }),
    ),
  });
}

const code = (value: string, scheme: string, meaning: string): DicomObject => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});
