import type { NewItem, NewValue } from '../dicom/rewrite.ts';

const DUMMY = 'REMOVED';

/** A value of no meaning that fits the VR (action D of PS3.15 table E.1-1a). */
export function dummyValue(vr: string): NewValue {
  switch (vr) {
    case 'DA':
      return '19000101';
    case 'DT':
      return '19000101000000';
    case 'TM':
      return '000000';
    case 'AS':
      return '000Y';
    case 'DS':
    case 'IS':
      return '0';
    case 'UI':
      return '2.25.0';
    case 'US':
    case 'SS':
    case 'UL':
    case 'SL':
    case 'FL':
    case 'FD':
      return 0;
    case 'AT':
      return '00000000';
    case 'UR':
      return 'urn:removed';
    case 'PN':
    case 'AE':
    case 'CS':
    case 'LO':
    case 'LT':
    case 'SH':
    case 'ST':
    case 'UC':
    case 'UT':
      return DUMMY;
    default:
      return new Uint8Array(2);
  }
}

const code = (value: string, scheme: string, meaning: string): NewItem => ({
  elements: [
    { tag: 'x00080100', vr: 'SH', value },
    { tag: 'x00080102', vr: 'SH', value: scheme },
    { tag: 'x00080104', vr: 'LO', value: meaning },
  ],
});

/** One item that keeps a required sequence valid, by the sequence's tag. */
export function dummyItems(tag: string): readonly NewItem[] {
  switch (tag) {
    case 'x0040a730':
      return [
        {
          elements: [
            { tag: 'x0040a010', vr: 'CS', value: 'CONTAINS' },
            { tag: 'x0040a040', vr: 'CS', value: 'TEXT' },
            { tag: 'x0040a043', vr: 'SQ', value: [code('121106', 'DCM', 'Comment')] },
            { tag: 'x0040a160', vr: 'UT', value: DUMMY },
          ],
        },
      ];
    case 'x0040a073':
      return [
        {
          elements: [
            { tag: 'x0040a027', vr: 'LO', value: DUMMY },
            { tag: 'x0040a030', vr: 'DT', value: '19000101000000' },
            { tag: 'x0040a075', vr: 'PN', value: DUMMY },
            { tag: 'x0040a088', vr: 'SQ', value: [] },
          ],
        },
      ];
    case 'x00700001':
      return [{ elements: [{ tag: 'x00700002', vr: 'CS', value: DUMMY }] }];
    default:
      return [code('REMOVED', '99REMOVED', 'Removed')];
  }
}
