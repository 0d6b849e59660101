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
