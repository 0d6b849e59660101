import { createHmac } from 'node:crypto';

/** What stands for what: the same secret always gives the same answer, and nobody without it can tell either way. */
export type Pseudonyms = {
  uid: (uid: string) => string;
  patient: string;
  /** By how many days all of the patient's dates move. */
  days: number;
};

/** UIDs of the standard itself say what something is, not whose. */
const isWellKnown = (uid: string): boolean => uid.startsWith('1.2.840.10008.');
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * @param patientKey whatever names the patient where the objects come from
 */
export function pseudonyms(secret: Uint8Array, patientKey: string): Pseudonyms {
  const hash = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();
  const known = new Map<string, string>();
  const code = [...hash('patient', patientKey).subarray(0, 10)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');
  // Whole weeks, so that a treatment's weekdays stay; between five weeks and ten years into the past.
  const weeks = 5 + (hash('days', patientKey).readUInt32BE(0) % 516);
  return {
    patient: code,
    days: -7 * weeks,
    uid(uid) {
      if (uid === '' || isWellKnown(uid)) return uid;
      const found = known.get(uid);
      if (found) return found;
      // A UUID-derived UID (PS3.5 B.2) of 128 bits.
      const made = `2.25.${BigInt(`0x${hash('uid', uid).subarray(0, 16).toString('hex')}`)}`;
      known.set(uid, made);
      return made;
    },
  };
}
