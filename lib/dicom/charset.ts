import { convertBytes } from 'dicom-character-set';

/**
 * Decodes text under Specific Character Set (PS3.3 C.12.1.1.2), ISO 2022 escapes included. An unknown set or bytes
 * that do not fit it are read as Latin-1: a wrong letter is visible, a lost name is not.
 */
export function decodeText(bytes: Uint8Array, characterSet: string | undefined, vr: string): string {
  try {
    return convertBytes(characterSet ?? '', bytes, { vr });
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

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
