/** Folds a name for comparison: case, accents, hyphens and spaces do not make another person. */
const foldName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export type Mismatch = 'name' | 'birthDate' | 'sex';

/**
 * In what a study's patient differs from a case's. What one side does not know does not differ. Identifiers of
 * different centres differ by nature and are not compared.
 */
export function patientMismatch(
  patient: { familyName: string; givenName: string; birthDate: string | null; sex: string | null },
  study: { patientName: string; patientBirthDate: string; patientSex: string },
): Mismatch[] {
  const mismatches: Mismatch[] = [];
  const [family = '', given = ''] = (study.patientName.split('=')[0] ?? '').split('^').map(foldName);
  const own = { family: foldName(patient.familyName), given: foldName(patient.givenName) };
  const sameOrder = family === own.family && (given === '' || own.given === '' || given === own.given);
  // Some centres write the whole name into the family name.
  const inOne = given === '' && (family === own.family + own.given || family === own.given + own.family);
  if (family !== '' && !sameOrder && !inOne) mismatches.push('name');
  const birth = patient.birthDate?.replaceAll('-', '') ?? '';
  if (birth !== '' && study.patientBirthDate !== '' && birth !== study.patientBirthDate)
    mismatches.push('birthDate');
  if (patient.sex && study.patientSex && patient.sex !== study.patientSex) mismatches.push('sex');
  return mismatches;
}
