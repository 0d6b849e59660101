import type { DataSet } from 'dicom-parser';
import { decodeText } from '../dicom/charset.ts';
import type { ElementView } from '../dicom/rewrite.ts';
import { fold } from './fold.ts';

/** What names the patient in one object: whether a text of it says any of that. */
export type Identity = {
  /** The text is nothing but one of the patient's names or identifiers. */
  is(view: ElementView): boolean;
  /** One of them stands somewhere in the text, whatever its accents and case. */
  isIn(view: ElementView): boolean;
};

/** Identifiers and names, with the VR that says how their text is to be decoded. */
const NAMING: readonly [tag: string, vr: string][] = [
  ['x00100020', 'LO'],
  ['x00101000', 'LO'],
  ['x00080050', 'SH'],
  ['x00100010', 'PN'],
  ['x00101001', 'PN'],
  ['x00101005', 'PN'],
];
/** Shorter ones would be found everywhere; two signs of these scripts are a whole name. */
const MIN_LETTERS = 5;
const MIN_SIGNS = 2;
const SIGNS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/**
 * Identifiers and parts of names, as they may have been copied into other texts (a sequence's name, a model's). Read
 * under the object's character set, as the texts are: the same letters may be other bytes there.
 */
export function identityOf(dataSet: DataSet): Identity {
  const characterSet = dataSet.string('x00080005');
  const said = NAMING.flatMap(([tag, vr]) => {
    const element = dataSet.elements[tag];
    if (!element) return [];
    const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
    return fold(decodeText(bytes as Uint8Array, characterSet, vr)).split(/[\\^=,\s\0]+/);
  });
  const words = [...new Set(said)].filter(
    (word) => word.length >= (SIGNS.test(word) ? MIN_SIGNS : MIN_LETTERS),
  );
  return {
    is: (view) => words.includes(fold(view.text().trim())),
    isIn: (view) => {
      // A code string has no letters beyond ASCII by the standard; a name copied into one has them all the same.
      const text = fold(view.vr === 'CS' ? decodeText(view.bytes, characterSet, 'LO') : view.text());
      return words.some((word) => text.includes(word));
    },
  };
}
