import {
  type HodgkinExtent,
  hodgkinFileCount,
  hodgkinFiles,
  hodgkinPatient,
  type PhantomFile,
  wholeBody,
} from '@/lib/phantom/hodgkin.ts';
import type { PhantomPatient } from '@/lib/phantom/patient.ts';
import { petReportFile } from '@/lib/phantom/pet-report.ts';
import { thoraxFiles, thoraxPatient, thoraxPlanes } from '@/lib/phantom/thorax.ts';

/** A synthetic patient with what the referring doctor wrote about them. */
export type DemonstrationCase = {
  patient: PhantomPatient;
  /** The same patient's number in the referring doctor's centre. */
  referrerIdentifier: string;
  plannedMinutes: number;
  fileCount: number;
  files: () => Iterable<PhantomFile>;
  words: { reason: string; question: string; diagnosis: string; stage: string; history: string };
};

export const demonstrationCases = (extent: HodgkinExtent = wholeBody): readonly DemonstrationCase[] => [
  {
    patient: hodgkinPatient(),
    referrerIdentifier: 'HV-20260931',
    plannedMinutes: 15,
    fileCount: hodgkinFileCount(extent) + 1,
    files: function* () {
      yield* hodgkinFiles(undefined, extent);
      yield { path: 'SR/0001.dcm', bytes: petReportFile(hodgkinPatient()) };
    },
    words: {
      reason:
        'Décision de radiothérapie après chimiothérapie, contours et plan à valider avant la première séance',
      question:
        'La TEP montre un ganglion cervical droit hypermétabolique sans traduction scanographique : faut-il l’inclure dans le volume cible ? Les contours et le plan à 30 Gy en 15 séances sont-ils validés ?',
      diagnosis: 'Lymphome de Hodgkin classique, type scléronodulaire',
      stage: 'Ann Arbor IIA, médiastinal et cervical bilatéral, groupe intermédiaire (EORTC)',
      history:
        'Femme de 31 ans, sans antécédent. Adénopathie sus-claviculaire gauche découverte en août 2026, sans signe B. Biopsie-exérèse : lymphome de Hodgkin classique CD15+ CD30+. Deux cures d’ABVD, bonne tolérance. TEP-TDM du 16/11/2026 : fixation médiastinale, sus-claviculaire et cervicale gauches ; foyer cervical droit intense (SUV élevé) en regard d’une structure de taille normale au scanner. FEVG 62 %. OMS 0.',
    },
  },
  {
    patient: thoraxPatient(),
    referrerIdentifier: 'HV-20261107',
    plannedMinutes: 10,
    fileCount: thoraxPlanes.count,
    files: () => thoraxFiles(),
    words: {
      reason: 'Nodule pulmonaire du lobe supérieur droit, avis sur la conduite à tenir',
      question: 'TEP-TDM puis biopsie sous scanner, ou chirurgie d’emblée ?',
      diagnosis: 'Nodule spiculé de 26 mm, suspect de cancer bronchique, sans preuve histologique',
      stage: 'cT1c cNx cM0 (TNM 8e édition)',
      history:
        'Homme de 68 ans, tabagisme sevré à 35 paquets-années, BPCO stade II, VEMS 71 %. Nodule découvert lors d’un bilan de toux. Ganglion latérotrachéal droit limite. OMS 1.',
    },
  },
];
