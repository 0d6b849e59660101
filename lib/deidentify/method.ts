import type { NewElement, NewItem } from '../dicom/rewrite.ts';
import type { DeidentifyOptions } from './schema.ts';

/** PS3.16 CID 7050. */
const BASIC = ['113100', 'Basic Application Confidentiality Profile'] as const;
const byOption: readonly [keyof DeidentifyOptions, string, string][] = [
  ['cleanGraphics', '113103', 'Clean Graphics Option'],
  ['cleanStructuredContent', '113104', 'Clean Structured Content Option'],
  ['cleanDescriptors', '113105', 'Clean Descriptors Option'],
  ['keepPatientCharacteristics', '113108', 'Retain Patient Characteristics Option'],
  ['keepDevice', '113109', 'Retain Device Identity Option'],
  ['keepUids', '113110', 'Retain UIDs Option'],
  ['keepSafePrivate', '113111', 'Retain Safe Private Option'],
  ['keepInstitution', '113112', 'Retain Institution Identity Option'],
];
const byDates = {
  removed: null,
  shifted: ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  kept: ['113106', 'Retain Longitudinal Temporal Information Full Dates Option'],
} as const;
const temporal = { removed: 'REMOVED', shifted: 'MODIFIED', kept: 'UNMODIFIED' } as const;

/** The codes of the profile and the options that were applied. */
export function methodCodes(options: DeidentifyOptions): (readonly [code: string, meaning: string])[] {
  const dates = byDates[options.dates];
  return [
    BASIC,
    ...(dates ? [dates] : []),
    ...byOption.flatMap(([option, code, meaning]) => (options[option] ? [[code, meaning] as const] : [])),
  ];
}

/** What an object says of its de-identification (PS3.15 E.2, PS3.3 C.7.1.1 and C.12.1). */
export function methodElements(options: DeidentifyOptions): NewElement[] {
  const items: NewItem[] = methodCodes(options).map(([code, meaning]) => ({
    elements: [
      { tag: 'x00080100', vr: 'SH', value: code },
      { tag: 'x00080102', vr: 'SH', value: 'DCM' },
      { tag: 'x00080104', vr: 'LO', value: meaning },
    ],
  }));
  return [
    { tag: 'x00120062', vr: 'CS', value: 'YES' },
    { tag: 'x00120063', vr: 'LO', value: 'PS3.15 Annex E, Consilium' },
    { tag: 'x00120064', vr: 'SQ', value: items },
    { tag: 'x00280303', vr: 'CS', value: temporal[options.dates] },
  ];
}
