import type { PatientView } from './schema.ts';

/** `DURAND Zoé`: the family name in capitals, as hospitals write it. */
export const patientName = (patient: Pick<PatientView, 'familyName' | 'givenName'>): string =>
  `${patient.familyName.toLocaleUpperCase('fr')} ${patient.givenName}`.trim();
