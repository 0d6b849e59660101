import { describe, expect, test } from 'vitest';
import { type Element, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { DicomError } from './errors.ts';
import { toDicomJson } from './json.ts';
import { parseHeader } from './parse-header.ts';
import { type Edits, rewrite } from './rewrite.ts';
import { sameContent } from './same-content.ts';

const parse = (bytes: Uint8Array) => parseHeader(bytes, bytes.length, (packed) => packed);
const json = (bytes: Uint8Array) => toDicomJson(parse(bytes).dataSet, String);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const file = (...elements: Element[]) =>
  part10({ sopClassUid: '1.2.840.10008.5.1.4.1.1.481.3', sopInstanceUid: '2.25.7', elements });
/** A file with these bytes before its Patient's Name. */
const withBytes = (bytes: Buffer) => {
  const whole = file([0x00100010, 'PN', 'AFTER']);
  const at = whole.indexOf(hex('10001000 504e'));
  return Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]);
};
const edited = (bytes: Uint8Array, edits: Edits): Buffer => {
  const { meta, head, tail } = rewrite(parse(bytes), edits);
  return Buffer.concat([meta, head, tail]);
};
const set = (wanted: string, value: string): Edits => ({
  element: ({ tag }) => (tag === wanted ? { value } : 'keep'),
});
const outcome = (bytes: Uint8Array): string => {
  try {
    return String(json(bytes)['00100010']?.Value?.length);
  } catch (error) {
    return error instanceof DicomError ? error.message : `NOT A REASON: ${error}`;
  }
};

// Referenced SOP Class UID 1.2 and Referenced SOP Instance UID 3.4, implicit, in an item.
const implicitItem = 'feff00e0 18000000 08005011 04000000 312e3200 08005511 04000000 332e3400';

describe('a sequence that was written as UN of defined length (PS3.5 6.2.2)', () => {
  const unknown = withBytes(hex(`08004011 554e 0000 20000000 ${implicitItem}`));

  test('is read', () => {
    expect(json(unknown)['00081140']).toEqual({
      vr: 'SQ',
      Value: [{ '00081150': { vr: 'UI', Value: ['1.2'] }, '00081155': { vr: 'UI', Value: ['3.4'] } }],
    });
    expect(outcome(unknown)).toBe('1');
  });

  test('keeps its bytes where nothing is edited, and stays readable where something is', () => {
    const copy = edited(unknown, {});
    expect(copy.includes(hex(`08004011 554e 0000 20000000 ${implicitItem}`))).toBe(true);
    const changed = edited(unknown, set('x00081155', '5.6.7'));
    expect(json(changed)['00081140']?.Value).toEqual([
      { '00081150': { vr: 'UI', Value: ['1.2'] }, '00081155': { vr: 'UI', Value: ['5.6.7'] } },
    ]);
    expect(outcome(changed)).toBe('1');
  });

  test('says the same as the one with its VR', () => {
    const item: Element[] = [
      [0x00081150, 'UI', '1.2'],
      [0x00081155, 'UI', '3.4'],
    ];
    const known = file([0x00081140, 'SQ', [item]], [0x00100010, 'PN', 'AFTER']);
    expect(sameContent(parse(unknown), parse(known))).toBe(true);
  });

  test.each([
    ['that is none', '08004011 554e 0000 10000000 feff00e0 08000000 ffffffff ffffffff'],
    ['with an item longer than itself', '08004011 554e 0000 08000000 feff00e0 ffff0000'],
    [
      'whose element is longer than its item',
      `08004011 554e 0000 10000000 feff00e0 08000000 08005011 04000000`,
    ],
  ])('%s stays the bytes that it is, and what follows is read', (_, bytes) => {
    const whole = withBytes(hex(bytes));
    expect(json(whole)['00081140']).not.toHaveProperty('Value');
    expect(outcome(whole)).toBe('1');
    expect(edited(whole, {}).includes(hex(bytes))).toBe(true);
  });

  test('private bytes are not looked into, whatever they begin with', () => {
    const whole = withBytes(hex(`09000110 554e 0000 20000000 ${implicitItem}`));
    expect(json(whole)['00091001']?.vr).toBe('UN');
  });

  test('two values of one tag are nobody’s there either', () => {
    const twice = 'feff00e0 18000000 08005511 04000000 312e3200 08005511 04000000 332e3400';
    expect(outcome(withBytes(hex(`08004011 554e 0000 20000000 ${twice}`)))).toMatch(/^dicom_ambiguous/);
  });
});

describe('a sequence whose items are implicit, in an explicit file', () => {
  test.each([
    ['of defined length', `09000110 5351 0000 20000000 ${implicitItem}`],
    ['of undefined length', `09000110 5351 0000 ffffffff ${implicitItem} feffdde0 00000000`],
    [
      'with items of undefined length',
      `09000110 5351 0000 ffffffff feff00e0 ffffffff ${implicitItem.slice(18)} feff0de0 00000000 feffdde0 00000000`,
    ],
    [
      'that begins with an empty value',
      `09000110 5351 0000 1c000000 feff00e0 14000000 08005011 00000000 08005511 04000000 332e3400`,
    ],
  ])('%s', (_, bytes) => {
    const whole = withBytes(hex(bytes));
    expect(json(whole)['00091001']?.Value).toMatchObject([{ '00081155': { vr: 'UI', Value: ['3.4'] } }]);
    expect(outcome(whole)).toBe('1');
    expect(edited(whole, {}).includes(hex(bytes))).toBe(true);
    const changed = edited(whole, set('x00081155', '5.6.7'));
    expect(json(changed)['00091001']?.Value).toMatchObject([{ '00081155': { Value: ['5.6.7'] } }]);
    expect(outcome(changed)).toBe('1');
  });

  test('explicit items stay explicit, also where a VR in them is odd', () => {
    const item = 'feff00e0 18000000 08005011 3f3f 0400 312e3200 08005511 5549 0400 332e3400';
    expect(json(withBytes(hex(`09000110 5351 0000 20000000 ${item}`)))['00091001']?.Value).toMatchObject([
      { '00081150': { vr: 'UI', Value: ['1.2'] }, '00081155': { vr: 'UI', Value: ['3.4'] } },
    ]);
  });
});

describe('question marks or nulls instead of a VR', () => {
  test.each([
    ['question marks, 16 bits of length', '09000110 3f3f 0400 61626364'],
    ['question marks, 32 bits of length', '09000110 3f3f 0000 04000000 61626364'],
    ['question marks, nothing in it', '09000110 3f3f 0000'],
    ['nulls, 16 bits of length', '09000110 0000 0400 61626364'],
    ['nulls, 32 bits of length', '09000110 0000 0000 04000000 61626364'],
  ])('%s: unknown, and what follows is read', (_, bytes) => {
    const whole = withBytes(hex(bytes));
    expect(json(whole)['00091001']?.vr).toBe('UN');
    expect(outcome(whole)).toBe('1');
    expect(edited(whole, {}).includes(hex(bytes))).toBe(true);
    expect(json(edited(whole, set('x00091001', 'efgh')))['00091001']).toEqual({
      vr: 'UN',
      InlineBinary: 'ZWZnaA==',
    });
  });

  test('a known tag is what PS3.6 says', () => {
    expect(json(withBytes(hex('08006000 3f3f 0200 4354')))['00080060']).toEqual({ vr: 'CS', Value: ['CT'] });
  });

  test('lengths are still held to what is there', () => {
    expect(outcome(withBytes(hex('09000110 3f3f ffff 6162')))).toMatch(/^dicom_truncated/);
    expect(outcome(withBytes(hex('09000110 3f3f 0000 ffff0000 6162')))).toMatch(/^dicom_truncated/);
  });
});
