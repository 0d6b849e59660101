import type { DataSet } from 'dicom-parser';
import { dictionaryVr } from '@/lib/dicom/dictionary.ts';
import { textOf } from '@/lib/dicom/json.ts';
import type { ParsedHeader } from '@/lib/dicom/parse-header.ts';
import type { Edits, ElementView, NewElement } from '@/lib/dicom/rewrite.ts';
import { copyElement, itemsOf } from './copy-elements.ts';
import type { Identity } from './schema.ts';

const NAME = 'x00100010';
const ID = 'x00100020';
const ISSUER = 'x00100021';
const BIRTH_DATE = 'x00100030';
const SEX = 'x00100040';
const ORIGINAL_ATTRIBUTES = 'x04000561';

/** UIDs of the object itself, in the order of their tags. */
const OWN_UIDS = ['x00080018', 'x0020000d', 'x0020000e'];

/** Frames of reference stay: that two series lie in one space is true of them whoever the patient is. */
const KEPT_UIDS = new Set(['x00200052', 'x00200200', 'x00209312', 'x30060024', 'x300600c2']);

/** What is known of a person by other names and numbers: of another person it would be wrong. */
const OF_THE_OTHER = new Set([
  'x00100022', // Type of Patient ID
  'x00100024', // Issuer of Patient ID Qualifiers Sequence
  'x00100032', // Patient's Birth Time
  'x00101000', // Other Patient IDs
  'x00101001', // Other Patient Names
  'x00101002', // Other Patient IDs Sequence
  'x00101005', // Patient's Birth Name
  'x00101040', // Patient's Address
  'x00101060', // Patient's Mother's Birth Name
  'x00101090', // Medical Record Locator
  'x00102154', // Patient's Telephone Numbers
]);

export type Correcting = {
  identity: Identity;
  /** Is it another person's from now on? */
  otherPerson: boolean;
  /** New UID by old one, of every object that is written anew together. */
  uids: ReadonlyMap<string, string>;
  /** When it was asked for: the same for all objects, and for work that is done again. */
  at: Date;
  /** Name of this system, for Modifying System. */
  system: string;
};

/**
 * The edits that make an object of one patient into one of `identity`, with its new UIDs and everything that it refers
 * to by a mapped UID. What it said before stands in Original Attributes (PS3.3 C.12.1.1.9), under those that an
 * earlier change left there.
 */
export function identityEdits({ dataSet }: ParsedHeader, correcting: Correcting): Edits {
  const characterSet = dataSet.string('x00080005');
  const patient = patientElements(dataSet, correcting.identity);
  const before = new Map([NAME, ID, BIRTH_DATE].map((tag) => [tag, textAt(dataSet, tag, characterSet)]));
  const now = new Map(patient.map(({ tag, value }) => [tag, value]));
  return {
    element(view) {
      const { path, tag } = view;
      if (path.length === 0) {
        if (correcting.otherPerson && OF_THE_OTHER.has(tag)) return 'remove';
        return mapped(view, correcting.uids);
      }
      // What quotes the patient within a sequence, a report's subject for one.
      const quotes = tag === 'x0040a123' ? NAME : tag;
      const old = before.get(quotes);
      if (old && view.text().trim() === old) return { value: now.get(quotes) ?? '' };
      return mapped(view, correcting.uids);
    },
    add(_dataSet, path) {
      if (path.length > 0) return [];
      return [...patient, originalAttributes(dataSet, correcting, patient, characterSet)];
    },
  };
}

function textAt(dataSet: DataSet, tag: string, characterSet: string | undefined): string {
  const element = dataSet.elements[tag];
  return element ? textOf(dataSet, element, dictionaryVr(tag) ?? 'LO', characterSet).trim() : '';
}

function patientElements(dataSet: DataSet, identity: Identity): NewElement[] {
  return [
    { tag: NAME, vr: 'PN', value: identity.patientName },
    { tag: ID, vr: 'LO', value: identity.patientId },
    ...(identity.issuer === null || (identity.issuer === '' && !dataSet.elements[ISSUER])
      ? []
      : [{ tag: ISSUER, vr: 'LO', value: identity.issuer }]),
    { tag: BIRTH_DATE, vr: 'DA', value: identity.birthDate },
    { tag: SEX, vr: 'CS', value: identity.sex },
  ];
}

function mapped(view: ElementView, uids: ReadonlyMap<string, string>) {
  if (view.vr !== 'UI' || KEPT_UIDS.has(view.tag)) return 'keep';
  const before = view.text().split('\\');
  const after = before.map((uid) => uids.get(uid.trim()) ?? uid);
  return after.some((uid, index) => uid !== before[index]) ? { value: after.join('\\') } : 'keep';
}

function originalAttributes(
  dataSet: DataSet,
  { at, otherPerson, system }: Correcting,
  patient: readonly NewElement[],
  characterSet: string | undefined,
): NewElement {
  const changed = [
    ...OWN_UIDS,
    ...patient.map(({ tag }) => tag),
    ...(otherPerson ? OF_THE_OTHER : []),
  ].flatMap((tag) => {
    const element = dataSet.elements[tag];
    return element ? [copyElement(dataSet, element, characterSet)] : [];
  });
  const earlier = dataSet.elements[ORIGINAL_ATTRIBUTES];
  return {
    tag: ORIGINAL_ATTRIBUTES,
    vr: 'SQ',
    value: [
      ...(earlier ? itemsOf(earlier, characterSet) : []),
      {
        elements: [
          { tag: 'x04000550', vr: 'SQ', value: [{ elements: changed }] },
          { tag: 'x04000562', vr: 'DT', value: dateTime(at) },
          { tag: 'x04000563', vr: 'LO', value: system },
          { tag: 'x04000564', vr: 'LO', value: '' },
          { tag: 'x04000565', vr: 'CS', value: 'CORRECT' },
        ],
      },
    ],
  };
}

/** DICOM's date and time (PS3.5 6.2 DT), in UTC and saying so. */
const dateTime = (at: Date): string => `${at.toISOString().replace(/[-:T]/g, '').replace('Z', '')}+0000`;
