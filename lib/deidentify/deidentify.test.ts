import { describe, expect, test } from 'vitest';
import { type Element, type Item, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { parseElements } from '../dicom/parse-elements.ts';
import { parseHeader } from '../dicom/parse-header.ts';
import { rewrite } from '../dicom/rewrite.ts';
import { cleanText } from './clean-text.ts';
import { deidentify } from './deidentify.ts';
import { type ActionCode, chooseAction, profileEntries, settle } from './profile.ts';
import { profileTable } from './profile-table.ts';
import { pseudonyms } from './pseudonyms.ts';
import { type DeidentifyOptions, deidentifyOptionsSchema } from './schema.ts';
import { shiftDates } from './shift-dates.ts';

const SECRET = new TextEncoder().encode('a secret of the test');
const options = (given: Partial<DeidentifyOptions> = {}): DeidentifyOptions => ({
  ...deidentifyOptionsSchema.parse({}),
  dates: 'removed',
  ...given,
});
const CT = '1.2.840.10008.5.1.4.1.1.2';
const noInflate = (bytes: Uint8Array) => bytes;

function run(elements: readonly Element[], given: Partial<DeidentifyOptions> = {}, sopClassUid = CT) {
  const bytes = part10({ sopClassUid, sopInstanceUid: '1.2.3.4', elements });
  const parsed = parseHeader(bytes, bytes.length, noInflate);
  const { edits, risks, pseudonyms: names } = deidentify(parsed, options(given), SECRET, 'centre');
  const out = rewrite(parsed, edits);
  const whole = Buffer.concat([out.meta, out.head, out.tail]);
  return { dataSet: parseHeader(whole, whole.length, noInflate).dataSet, risks, names, bytes: whole };
}

/** What became of one element: undefined when it went. */
const after = (element: Element, given: Partial<DeidentifyOptions> = {}) => {
  const tag = `x${element[0].toString(16).padStart(8, '0')}`;
  const { dataSet } = run([element], given);
  const found = dataSet.elements[tag];
  return found && (found.items ? `${found.items.length} items` : (dataSet.string(tag) ?? ''));
};

describe('PS3.15 table E.1-1', () => {
  test('has every attribute once, with codes that the standard has', () => {
    const codes: ActionCode[] = ['D', 'Z', 'X', 'K', 'C', 'U', 'X/Z', 'X/D', 'Z/D', 'X/Z/D', 'X/Z/U*'];
    const listed = Object.values(profileTable).flatMap((tags) => tags.trim().split(/\s+/));
    expect(new Set(listed).size).toBe(listed.length);
    expect(profileEntries.size).toBe(622);
    for (const [tag, { basic }] of profileEntries) {
      expect(codes).toContain(basic);
      expect(tag).toMatch(/^x[0-9a-f]{2}[0-9a-fx]{6}$/);
    }
  });

  // One attribute of each line's kind: what is there, under which options, and what the table makes of it.
  const name: Element = [0x00081050, 'PN', 'DOCTOR^Who'];
  const uid: Element = [0x0020000d, 'UI', '1.2.3'];
  const date: Element = [0x00080020, 'DA', '20240229'];
  const items: readonly Item[] = [
    [
      [0x00081150, 'UI', CT],
      [0x00081155, 'UI', '1.2.9'],
    ],
  ];
  test.each<
    [code: string, element: Element, given: Partial<DeidentifyOptions>, expected: string | undefined | RegExp]
  >([
    ['X removes', name, {}, undefined],
    ['Z empties', [0x00080050, 'SH', 'ACC123'], {}, ''],
    ['D puts a dummy', [0x00120020, 'LO', 'TRIAL-7'], {}, 'REMOVED'],
    ['D puts a dummy of the VR', [0x0040a121, 'DA', '20240229'], {}, '19000101'],
    ['D keeps a required sequence valid', [0x0040a073, 'SQ', [[[0x0040a075, 'PN', 'X^Y']]]], {}, '1 items'],
    ['U maps', uid, {}, /^2\.25\.\d+$/],
    ['X/Z empties', [0x00080032, 'TM', '1200'], {}, ''],
    ['X/D of a value puts a dummy', [0x0018700a, 'SH', 'DET1'], {}, 'REMOVED'],
    ['X/D of a sequence removes', [0x00081072, 'SQ', [[[0x00401102, 'ST', 'street']]]], {}, undefined],
    ['Z/D puts a dummy', [0x00180010, 'LO', 'Iomeron'], {}, 'REMOVED'],
    ['X/Z/D puts a dummy', [0x00080080, 'LO', 'Hospital'], {}, 'REMOVED'],
    ['X/Z/U* keeps the sequence with mapped UIDs', [0x00081140, 'SQ', items], {}, '1 items'],
    ['K, retain UIDs', uid, { keepUids: true }, '1.2.3'],
    ['K, retain device identity', [0x00181000, 'LO', 'SN1'], { keepDevice: true }, 'SN1'],
    ['K, retain institution identity', [0x00080080, 'LO', 'Hospital'], { keepInstitution: true }, 'Hospital'],
    [
      'K, retain patient characteristics',
      [0x00101030, 'DS', '62'],
      { keepPatientCharacteristics: true },
      '62',
    ],
    [
      'C without a cleaning stays X',
      [0x00102110, 'LO', 'nuts'],
      { keepPatientCharacteristics: true },
      undefined,
    ],
    ['Z, dates removed', date, {}, ''],
    ['K, full dates', date, { dates: 'kept' }, '20240229'],
    ['C, modified dates', date, { dates: 'shifted' }, /^(201|202)\d{5}$/],
    ['C, modified dates: no date to move', [0x00080020, 'DA', 'none'], { dates: 'shifted' }, ''],
    ['C, clean descriptors', [0x0008103e, 'LO', 'CT Thorax Dupont'], { cleanDescriptors: true }, 'CT Thorax'],
    [
      'C, nothing left of the descriptor',
      [0x0008103e, 'LO', 'Dupont'],
      { cleanDescriptors: true },
      undefined,
    ],
    [
      'C, clean structured content',
      [0x0040a730, 'SQ', [[[0x0040a160, 'UT', 'x']], []]],
      { cleanStructuredContent: true },
      '2 items',
    ],
    ['D, structured content', [0x0040a730, 'SQ', [[[0x0040a160, 'UT', 'x']], []]], {}, '1 items'],
    ['C, clean graphics', [0x00700001, 'SQ', [[], []]], { cleanGraphics: true }, '2 items'],
    ['D, graphics', [0x00700001, 'SQ', [[], []]], {}, '1 items'],
    ['X, overlays with all of their group', [0x60000010, 'US', 2], {}, undefined],
    ['X, private', [0x00091001, 'LO', 'private'], {}, undefined],
    ['not in the table: kept', [0x00080060, 'CS', 'CT'], {}, 'CT'],
    ['not in the table: a name is emptied', [0x00189999, 'PN', 'X^Y'], {}, ''],
    ['not in the table, but of the patient', [0x00100033, 'LO', 'Heisei 5'], {}, undefined],
    ['well-known UIDs stay', [0x00200052, 'UI', '1.2.840.10008.1.4.1.1'], {}, '1.2.840.10008.1.4.1.1'],
  ])('%s', (_, element, given, expected) => {
    const value = after(element, given);
    if (expected instanceof RegExp) expect(value).toMatch(expected);
    else expect(value).toBe(expected);
  });

  test('an option that keeps goes before one that cleans', () => {
    const entry = { basic: 'X/D', modifiers: ['dates', 'dev'] } as const;
    expect(chooseAction(entry, options({ keepDevice: true, dates: 'shifted' })).code).toBe('K');
    expect(settle('X/Z/D', true)).toBe('X');
  });
});

test('safe private elements stay with their creator; the rest of the block goes', () => {
  const block: Element[] = [
    [0x70530010, 'LO', 'Philips PET Private Group'],
    [0x70531000, 'DS', '0.00013'],
    [0x70531003, 'ST', 'C:/patients/dupont.img'],
    [0x00090010, 'LO', 'SOMEBODY ELSE'],
    [0x00091000, 'DS', '7'],
  ];
  const kept = run(block, { keepSafePrivate: true }).dataSet;
  expect(kept.string('x70531000')).toBe('0.00013');
  for (const tag of ['x70531003', 'x00090010', 'x00091000']) expect(kept.elements[tag]).toBeUndefined();
  expect(Object.keys(run(block).dataSet.elements).filter((tag) => /^x(7053|0009)/.test(tag))).toEqual([]);
});

test('the patient’s identifier goes wherever else it was written', () => {
  const { dataSet } = run([
    [0x00100020, 'LO', 'HOSP-4711'],
    [0x00100010, 'PN', 'LEFEVRE^ANNE'],
    [0x00180024, 'SH', 'seq hosp-4711'],
    [0x00081090, 'LO', 'Scanner of Lefevre'],
    [0x00080070, 'LO', 'ACME'],
  ]);
  expect(dataSet.string('x00180024')).toBe('REMOVED');
  expect(dataSet.string('x00081090')).toBe('REMOVED');
  expect(dataSet.string('x00080070')).toBe('ACME');
});

describe('a name that was copied elsewhere goes in every character set', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  test.each<[string, string, string | Buffer, string | Buffer]>([
    ['UTF-8', 'ISO_IR 192', 'LEFÈVRE^HÉLÈNE', 'seq Lefèvre'],
    ['UTF-8, its given name', 'ISO_IR 192', 'LEFÈVRE^HÉLÈNE', 'seq hélène'],
    ['UTF-8, copied without accents', 'ISO_IR 192', 'LEFÈVRE^HÉLÈNE', 'Lefevre 1'],
    ['UTF-8, accents only in the copy', 'ISO_IR 192', 'LEFEVRE^HELENE', 'Lefèvre 1'],
    ['UTF-8, accents as letters of their own', 'ISO_IR 192', 'LEFE\u0300VRE', 'LEFÈVRE'],
    ['Latin-1', 'ISO_IR 100', latin1('LEFÈVRE^HÉLÈNE'), latin1('seq lefèvre')],
    ['Chinese', 'GB18030', Buffer.from('cdf55ed0a1b6ab', 'hex'), Buffer.from('4354cdf5d0a1b6ab', 'hex')],
    ['Japanese in UTF-8', 'ISO_IR 192', 'YAMADA^TAROU=山田^太郎', '山田 1'],
  ])('%s', (_, characterSet, name, copy) => {
    const { dataSet } = run([
      [0x00080005, 'CS', characterSet],
      [0x00100010, 'PN', name],
      [0x00180024, 'SH', copy],
      [0x00081090, 'LO', copy],
      [0x00189004, 'CS', copy],
      [0x00080119, 'UC', copy],
      [0x00080070, 'LO', 'ACME'],
      [0x00289110, 'SQ', [[[0x00180024, 'SH', copy]]]],
    ]);
    for (const tag of ['x00180024', 'x00081090', 'x00189004', 'x00080119'])
      expect(dataSet.string(tag), tag).toBe('REMOVED');
    expect(dataSet.elements.x00289110?.items?.[0]?.dataSet?.string('x00180024')).toBe('REMOVED');
    expect(dataSet.string('x00080070')).toBe('ACME');
  });
});

test('what follows the pixels is cleaned too: private groups, signatures, padding', () => {
  const bytes = part10({
    sopClassUid: CT,
    sopInstanceUid: '1.2.3.4',
    elements: [[0x7fe00010, 'OW', Buffer.alloc(2)]],
  });
  const end = bytes.length;
  const after = part10({
    sopClassUid: CT,
    sopInstanceUid: '1.2.3.4',
    elements: [
      [0x7fe10010, 'LO', 'SOME VENDOR'],
      [0x7fe11001, 'LO', 'LEFEVRE^ANNE'],
      [0xfffafffa, 'SQ', [[[0x04000100, 'UI', '1.2.3']]]],
      [0xfffcfffc, 'OB', Buffer.from('LEFEVRE')],
    ],
  });
  const trailing = parseElements(
    after.subarray(after.indexOf(Buffer.from('e17f1000', 'hex'))),
    '1.2.840.10008.1.2.1',
  );
  expect(Object.keys(trailing.elements)).toHaveLength(4);
  const parsed = parseHeader(bytes, bytes.length, noInflate);
  const { edits } = deidentify(parsed, options(), SECRET, 'centre');
  expect(rewrite(parsed, edits, { pixelEnd: end, trailing }).tail.length).toBe(0);
});

test('the object says what was done to it (CID 7050)', () => {
  const { dataSet } = run([], { dates: 'shifted', keepPatientCharacteristics: true });
  expect(dataSet.string('x00120062')).toBe('YES');
  expect(dataSet.string('x00280303')).toBe('MODIFIED');
  expect(dataSet.elements.x00120064?.items?.map((item) => item.dataSet?.string('x00080100'))).toEqual([
    '113100',
    '113107',
    '113108',
  ]);
});

test('the patient is one pseudonym, the same in every object of a centre, another one elsewhere', () => {
  const one = pseudonyms(SECRET, 'centre\nid 7');
  expect(pseudonyms(SECRET, 'centre\nid 7')).toMatchObject({ patient: one.patient, days: one.days });
  expect(pseudonyms(SECRET, 'other centre\nid 7').patient).not.toBe(one.patient);
  expect(Math.abs(one.days) % 7).toBe(0);
  expect(one.days).toBeLessThan(-30);
});

test('dates move over leap days and ends of years; times and zones stay as they are', () => {
  expect(shiftDates('20240301', -1)).toBe('20240229');
  expect(shiftDates('20240101\\20240102', -1)).toBe('20231231\\20240101');
  expect(shiftDates('20240301083000.123+0100', -366)).toBe('20230301083000.123+0100');
  expect(shiftDates('2024', -366)).toBe('2022');
  expect(shiftDates('', -7)).toBe('');
});

test.each([
  ['SpinalCord_PRV05', 'SpinalCord_PRV05'],
  ['PTVn1_5040', 'PTVn1_5040'],
  ['Lung_L', 'Lung_L'],
  ['Poumon gauche (M. Lefèvre)', 'Poumon gauche'],
  ['GTV Lefèvre 12/04/1995', 'GTV'],
  ['TEP-TDM 18F-FDG corps entier', 'TEP-TDM 18F-FDG corps entier'],
  ['LEFEVRE^ANNE 1234567', ''],
])('of %j stays %j', (text, expected) => {
  expect(cleanText(text)).toBe(expected);
});

describe('risks that elements do not tell', () => {
  const pixels: Element = [0x7fe00010, 'OW', Buffer.alloc(4)];
  test.each<[string, string, Element[], string[]]>([
    ['a CT', CT, [pixels], []],
    ['burned-in letters, said', CT, [pixels, [0x00280301, 'CS', 'YES']], ['burned_in']],
    ['a secondary capture that says nothing', `${CT.slice(0, -1)}7`, [pixels], ['burned_in_unknown']],
    ['a secondary capture that says no', `${CT.slice(0, -1)}7`, [pixels, [0x00280301, 'CS', 'NO']], []],
    ['ultrasound', `${CT.slice(0, -1)}6.1`, [pixels], ['burned_in_unknown']],
    [
      'a dose screen saved as CT',
      CT,
      [pixels, [0x00080008, 'CS', 'DERIVED\\SECONDARY\\SCREEN SAVE']],
      ['burned_in_unknown'],
    ],
    ['overlay bits among the pixels', CT, [pixels, [0x60000102, 'US', 12]], ['overlay_in_pixels']],
    ['a presentation state', `${CT.slice(0, -1)}11.1`, [], ['presentation_state']],
    ['a PDF', `${CT.slice(0, -1)}104.1`, [[0x00420011, 'OB', Buffer.alloc(4)]], ['embedded_document']],
    ['raw data', `${CT.slice(0, -1)}66`, [], ['opaque_content']],
    ['a segmentation', `${CT.slice(0, -1)}66.4`, [pixels], []],
  ])('%s', (_, sopClassUid, elements, expected) => {
    expect(run(elements, {}, sopClassUid).risks).toEqual(expected);
  });
});
