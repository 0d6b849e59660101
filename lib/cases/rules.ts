/** Folds a name for comparison: case, accents, hyphens and spaces do not make another person. */
const foldName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

type Identity = { familyName: string; givenName: string; birthDate: string | null; sex: string | null };

/**
 * Whether two identities are one person's beyond doubt: name and birth date are known to both and the same. For those
 * who may not look up whom a centre treats: what they do not know themselves must not be confirmed to them.
 */
export function isSurelySame(one: Identity, other: Identity): boolean {
  const named = foldName(one.familyName) !== '' && foldName(one.familyName) === foldName(other.familyName);
  const given = foldName(one.givenName) === foldName(other.givenName);
  const born = one.birthDate !== null && one.birthDate === other.birthDate;
  const sexDiffers = one.sex !== null && other.sex !== null && one.sex !== other.sex;
  return named && given && born && !sexDiffers;
}

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
