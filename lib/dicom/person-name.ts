/** A person name as people read it: `FAMILY Given`, the ideographic form behind it where there is one. PS3.5 6.2.1. */
export function displayName(personName: string): string {
  const [alphabetic = '', ideographic = ''] = personName.split('=');
  const words = (group: string) => {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
      .split('^')
      .map((part) => part.trim());
    return [prefix, family, given, middle, suffix].filter(Boolean).join(' ');
  };
  const shown = words(alphabetic);
  const other = words(ideographic);
  if (!other) return shown;
  return shown ? `${shown} (${other})` : other;
}

/** Family and given name of the alphabetic group. */
export function nameParts(personName: string): { family: string; given: string } {
  const [family = '', given = ''] = (personName.split('=')[0] ?? '').split('^').map((part) => part.trim());
  return { family, given };
}

/**
 * The name with other family and given names. What else the alphabetic group says (middle name, prefix, suffix) stays;
 * the ideographic and phonetic groups write the old name and go, unless nothing changed.
 */
export function renamed(personName: string, { family, given }: { family: string; given: string }): string {
  const before = nameParts(personName);
  if (before.family === family && before.given === given) return personName;
  const [, , ...others] = (personName.split('=')[0] ?? '').split('^');
  return [family, given, ...others].join('^').replace(/\^+$/, '');
}

/** The component groups of a name (PS3.5 6.2.1), as DICOM JSON has them. */
export type NameGroups = { Alphabetic?: string; Ideographic?: string; Phonetic?: string };

/** A name's groups, without empty ones. */
export function nameGroups(personName: string): NameGroups {
  const [alphabetic, ideographic, phonetic] = personName.split('=');
  return {
    ...(alphabetic && { Alphabetic: alphabetic }),
    ...(ideographic && { Ideographic: ideographic }),
    ...(phonetic && { Phonetic: phonetic }),
  };
}

/** The groups as one text, without empty ones at the end. */
export const joinedName = ({ Alphabetic = '', Ideographic = '', Phonetic = '' }: NameGroups): string =>
  [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
