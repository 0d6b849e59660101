import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Element, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { decodeText } from './charset.ts';
import { parseElements } from './parse-elements.ts';
import { parseHeader } from './parse-header.ts';
import { type Edits, type Rewritten, rewrite } from './rewrite.ts';

const inflate = (bytes: Uint8Array) => zlib.inflateRawSync(bytes);
const parse = (bytes: Uint8Array) => parseHeader(bytes, bytes.length, inflate);
const SC = '1.2.840.10008.5.1.4.1.1.7';
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const pixels: Element = [0x7fe00010, 'OW', Buffer.from([1, 2, 3, 4])];
const file = (elements: readonly Element[], sopInstanceUid = '2.25.7') =>
  part10({ sopClassUid: SC, sopInstanceUid, elements: [...elements, pixels] });

/** The new file as one piece. */
function whole(bytes: Uint8Array, rewritten: Rewritten): Buffer {
  const { pixels: range } = rewritten;
  const middle =
    range instanceof Uint8Array ? range : range ? bytes.subarray(range.start, range.end) : new Uint8Array();
  return Buffer.concat([rewritten.meta, rewritten.head, middle, rewritten.tail]);
}
const edited = (bytes: Uint8Array, edits: Edits) => {
  const rewritten = rewrite(parse(bytes), edits);
  const out = whole(bytes, rewritten);
  return { out, rewritten, dataSet: parse(out).dataSet };
};
const dataSetBytes = (bytes: Buffer) => bytes.subarray(144 + bytes.readUInt32LE(140));
const set = (tag: string, value: Edits extends object ? string : never): Edits => ({
  element: (view) => (view.tag === tag ? { value } : 'keep'),
});

describe('without edits the data set keeps its bytes', () => {
  const elements: Element[] = [
    [0x00080005, 'CS', 'ISO_IR 100'],
    [0x00091001, 'UN', Buffer.from('private')],
    [0x00100010, 'PN', latin1('Müller^Jörg')],
    [0x00400275, 'SQ', [[[0x00400007, 'LO', 'one']], [[0x00081140, 'SQ', [[[0x00081155, 'UI', '1.2']]]]]]],
  ];

  test('explicit little endian; the preamble is zeroed and the meta group ours', () => {
    const bytes = file(elements);
    bytes.write('MZ polyglot', 0);
    const { out, rewritten } = edited(bytes, {});
    expect(dataSetBytes(out).equals(dataSetBytes(bytes))).toBe(true);
    expect(out.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
    expect(rewritten.sopClassUid).toBe(SC);
    expect(parse(out).dataSet.string('x00020013')).toBe('CONSILIUM');
  });

  test('group lengths go, nothing else', () => {
    const out = dataSetBytes(edited(file([[0x00100000, 'UL', 99], ...elements]), {}).out);
    expect(out.equals(dataSetBytes(file(elements)))).toBe(true);
  });

  test('a deflated data set comes out as explicit little endian', () => {
    const plain = file(elements);
    const start = plain.length - dataSetBytes(plain).length;
    const deflatedMeta = part10({
      sopClassUid: SC,
      sopInstanceUid: '2.25.7',
      transferSyntaxUid: '1.2.840.10008.1.2.1.99',
      elements: [],
    });
    const meta = deflatedMeta.subarray(0, deflatedMeta.length - dataSetBytes(deflatedMeta).length);
    const bytes = Buffer.concat([meta, zlib.deflateRawSync(plain.subarray(start))]);
    const { out, rewritten } = edited(bytes, {});
    expect(rewritten.transferSyntaxUid).toBe('1.2.840.10008.1.2.1');
    expect(dataSetBytes(out).toString('latin1')).toBe(dataSetBytes(plain).toString('latin1'));
  });
});

describe('edits', () => {
  const bytes = file([
    [0x00081115, 'SQ', [[[0x0020000e, 'UI', '1.2.3']], [[0x0020000e, 'UI', '9.9']]]],
    [0x00100010, 'PN', 'OLD^NAME'],
    [0x00100030, 'DA', '20000101'],
    [0x00280010, 'US', 2],
  ]);

  test('replace, remove, add in the order of tags', () => {
    const { dataSet } = edited(bytes, {
      element: ({ tag }) =>
        tag === 'x00100010' ? { value: 'NEW^NAME^' } : tag === 'x00100030' ? 'remove' : 'keep',
      add: (_, path) =>
        path.length === 0
          ? [
              { tag: 'x00120062', vr: 'CS', value: 'YES' },
              { tag: 'x00280010', vr: 'US', value: 512 },
              {
                tag: 'x00120064',
                vr: 'SQ',
                value: [{ elements: [{ tag: 'x00080100', vr: 'SH', value: '113100' }] }],
              },
            ]
          : [],
    });
    expect(dataSet.string('x00100010')).toBe('NEW^NAME^');
    expect(dataSet.elements.x00100030).toBeUndefined();
    expect(dataSet.uint16('x00280010')).toBe(512);
    expect(dataSet.elements.x00120064?.items?.[0]?.dataSet?.string('x00080100')).toBe('113100');
    const tags = Object.keys(dataSet.elements).filter((tag) => !tag.startsWith('x0002'));
    expect(tags).toEqual([...tags].sort());
  });

  test('the file meta group follows the SOP Instance UID', () => {
    const { dataSet, rewritten } = edited(bytes, set('x00080018', '2.25.8'));
    expect(rewritten.sopInstanceUid).toBe('2.25.8');
    expect(dataSet.string('x00020003')).toBe('2.25.8');
  });

  test('within items, with the path of sequences; lengths are set anew', () => {
    const { dataSet } = edited(bytes, {
      element: ({ tag, path }) =>
        tag === 'x0020000e' && path[0] === 'x00081115' ? { value: '2.25.123456789' } : 'keep',
    });
    const items = dataSet.elements.x00081115?.items ?? [];
    expect(items.map((item) => item.dataSet?.string('x0020000e'))).toEqual([
      '2.25.123456789',
      '2.25.123456789',
    ]);
    expect(dataSet.string('x00100010')).toBe('OLD^NAME');
  });

  test('an edit function is asked once for each element', () => {
    let asked = 0;
    edited(bytes, {
      element: (view) => {
        asked += 1;
        return view.tag === 'x00100010' ? { value: '山田^太郎' } : 'keep';
      },
    });
    expect(asked).toBe(8);
  });
});

test('undefined lengths stay undefined, and stay closed', () => {
  const head = (tag: string, length: string) => Buffer.from(tag + length, 'hex');
  const item = Buffer.concat([
    head('feff00e0', 'ffffffff'),
    Buffer.from('20000e0055490400312e3200', 'hex'),
    head('feff0de0', '00000000'),
  ]);
  const sequence = Buffer.concat([
    Buffer.from('0800151153510000ffffffff', 'hex'),
    item,
    item,
    head('feffdde0', '00000000'),
  ]);
  const before = file([]);
  const at = before.length - 16; // pixel data: head of 12, value of 4
  const bytes = Buffer.concat([before.subarray(0, at), sequence, before.subarray(at)]);
  expect(dataSetBytes(edited(bytes, {}).out).equals(dataSetBytes(bytes))).toBe(true);
  const { dataSet, out } = edited(bytes, set('x0020000e', '1.2.3.4'));
  const element = dataSet.elements.x00081115;
  expect(element?.hadUndefinedLength).toBe(true);
  expect(element?.items?.map((one) => one.dataSet?.string('x0020000e'))).toEqual(['1.2.3.4', '1.2.3.4']);
  expect(out.subarray(-4)).toEqual(Buffer.from([1, 2, 3, 4]));
});

describe('text (PS3.3 C.12.1.1.2)', () => {
  const nested: Element = [0x00400275, 'SQ', [[[0x00400007, 'LO', latin1('Schädel')]]]];
  const german = file([
    [0x00080005, 'CS', 'ISO_IR 100'],
    [0x00080090, 'PN', latin1('Weiß^Änne')],
    [0x00100010, 'PN', 'X'],
    nested,
  ]);

  test('stays in the object’s own character set when it fits', () => {
    const { dataSet } = edited(german, set('x00100010', 'Zoë^Éric'));
    const element = dataSet.elements.x00100010;
    expect(dataSet.string('x00080005')).toBe('ISO_IR 100');
    expect(
      Buffer.from(dataSet.byteArray).subarray(element?.dataOffset, (element?.dataOffset ?? 0) + 8),
    ).toEqual(latin1('Zoë^Éric'));
  });

  test('else all of it becomes ISO_IR 192, in sequences too', () => {
    const { dataSet } = edited(german, set('x00100010', '山田^太郎'));
    const text = (from: typeof dataSet, tag: string, vr: string) => {
      const element = from.elements[tag];
      return decodeText(
        from.byteArray.subarray(
          element?.dataOffset ?? 0,
          (element?.dataOffset ?? 0) + (element?.length ?? 0),
        ) as Uint8Array,
        'ISO_IR 192',
        vr,
      ).trim();
    };
    expect(dataSet.string('x00080005')).toBe('ISO_IR 192');
    expect(text(dataSet, 'x00100010', 'PN')).toBe('山田^太郎');
    expect(text(dataSet, 'x00080090', 'PN')).toBe('Weiß^Änne');
    const inner = dataSet.elements.x00400275?.items?.[0]?.dataSet;
    expect(inner && text(inner, 'x00400007', 'LO')).toBe('Schädel');
  });

  test('an item’s own character set is read, then becomes ISO_IR 192 as well', () => {
    const greek = Buffer.from('c5eb', 'hex'); // Ελ in ISO_IR 126
    const bytes = file([
      [0x00080005, 'CS', 'ISO_IR 100'],
      [0x00100010, 'PN', 'X'],
      [
        0x00400275,
        'SQ',
        [
          [
            [0x00080005, 'CS', 'ISO_IR 126'],
            [0x00400007, 'LO', greek],
          ],
        ],
      ],
    ]);
    const inner = edited(bytes, set('x00100010', '山')).dataSet.elements.x00400275?.items?.[0]?.dataSet;
    const element = inner?.elements.x00400007;
    expect(inner?.string('x00080005')).toBe('ISO_IR 192');
    expect(
      Buffer.from(inner?.byteArray ?? [])
        .subarray(element?.dataOffset, (element?.dataOffset ?? 0) + 4)
        .toString('utf8'),
    ).toBe('Ελ');
  });

  test('an object without Specific Character Set gets one', () => {
    const { dataSet } = edited(file([[0x00100010, 'PN', 'X']]), set('x00100010', 'Łódź'));
    expect(dataSet.string('x00080005')).toBe('ISO_IR 192');
    expect(Object.keys(dataSet.elements).indexOf('x00080005')).toBeLessThan(
      Object.keys(dataSet.elements).indexOf('x00080016'),
    );
  });
});

test.each([
  ['implicit little endian', '1.2.840.10008.1.2', false],
  ['explicit big endian', '1.2.840.10008.1.2.2', true],
])('%s stays what it is', (_, syntax, bigEndian) => {
  const word = (value: number) =>
    Buffer.from(bigEndian ? [value >> 8, value & 255] : [value & 255, value >> 8]);
  const element = (group: number, number: number, vr: string, value: Buffer) =>
    Buffer.concat([
      word(group),
      word(number),
      bigEndian
        ? Buffer.concat([Buffer.from(vr), word(value.length)])
        : Buffer.concat([word(value.length), word(0)]),
      value,
    ]);
  const text = (value: string) => Buffer.from(value.length % 2 ? `${value}\0` : value);
  const meta = part10({ sopClassUid: SC, sopInstanceUid: '2.25.7', transferSyntaxUid: syntax, elements: [] });
  const bytes = Buffer.concat([
    meta.subarray(0, meta.length - dataSetBytes(meta).length),
    element(8, 0x16, 'UI', text(SC)),
    element(8, 0x18, 'UI', text('2.25.7')),
    element(0x10, 0x10, 'PN', text('OLD')),
    element(0x28, 0x10, 'US', word(258)),
  ]);
  expect(dataSetBytes(edited(bytes, {}).out).equals(dataSetBytes(bytes))).toBe(true);
  const { dataSet, rewritten } = edited(bytes, {
    element: ({ tag }) =>
      tag === 'x00100010' ? { value: 'NEW^ER' } : tag === 'x00280010' ? { value: 513 } : 'keep',
  });
  expect(rewritten.transferSyntaxUid).toBe(syntax);
  expect(dataSet.string('x00100010')).toBe('NEW^ER');
  expect(dataSet.uint16('x00280010')).toBe(513);
});

test('what follows the pixel data is edited too', () => {
  const bytes = file([]);
  const trailing = parseElements(
    Buffer.concat([Buffer.from('fcfffcff4f420000020000000000', 'hex')]),
    '1.2.840.10008.1.2.1',
  );
  const kept = rewrite(parse(bytes), {}, { pixelEnd: bytes.length, trailing });
  expect(kept.tail.length).toBe(14);
  const removed = rewrite(
    parse(bytes),
    { element: ({ tag }) => (tag === 'xfffcfffc' ? 'remove' : 'keep') },
    { pixelEnd: bytes.length, trailing },
  );
  expect(removed.tail.length).toBe(0);
});

test('big endian, a group that would begin like file meta is refused rather than written unreadable', () => {
  const meta = part10({
    sopClassUid: SC,
    sopInstanceUid: '2.25.7',
    transferSyntaxUid: '1.2.840.10008.1.2.2',
    elements: [],
  });
  const bytes = Buffer.concat([
    meta.subarray(0, meta.length - dataSetBytes(meta).length),
    Buffer.from('00080000554c000400000000', 'hex'), // a group length, which goes
    Buffer.from('02001000435300044f4c4420', 'hex'), // (0200,1000), where (0008,xxxx) should stand
    Buffer.from(`00080016554900${(SC.length + 1).toString(16)}`, 'hex'),
    latin1(`${SC}\0`),
    Buffer.from('0008001855490006', 'hex'),
    latin1('2.25.7'),
  ]);
  const parsed = parse(bytes);
  expect(parsed.dataSet.string('x02001000')).toBe('OLD');
  expect(() => rewrite(parsed, {})).toThrow('would begin like file meta');
});
