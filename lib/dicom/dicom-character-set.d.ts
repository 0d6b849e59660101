declare module 'dicom-character-set' {
  /** Decodes text under a Specific Character Set value; throws RangeError for an unknown set. */
  export function convertBytes(characterSet: string, bytes: Uint8Array, options?: { vr?: string }): string;
}
