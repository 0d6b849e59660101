import dicomParser from 'dicom-parser';
import { expect, test } from 'vitest';
import { type DirectoryEntry, makeDicomdir } from './dicomdir.ts';

const keys = (type: string, tag: string, vr: string, value: string) => ({
  type,
  elements: [{ tag, vr, value }],
});
const entry = (patient: string, study: string, series: string, sop: string): DirectoryEntry => ({
  patient: keys('PATIENT', 'x00100020', 'LO', patient),
  study: keys('STUDY', 'x0020000d', 'UI', study),
  series: keys('SERIES', 'x0020000e', 'UI', series),
  instance: keys('IMAGE', 'x00200013', 'IS', '1'),
  fileId: ['PT000001', sop.toUpperCase().padEnd(8, '0')],
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: `1.2.${sop.length}${sop.charCodeAt(0)}`,
  transferSyntaxUid: '1.2.840.10008.1.2.1',
});

test('offsets lead from the root along every level to every file (PS3.3 F.3.2.2)', () => {
  const bytes = makeDicomdir(
    [
      entry('A', '1.1', '1.1.1', 'a'),
      entry('A', '1.1', '1.1.1', 'b'),
      entry('A', '1.1', '1.1.2', 'c'),
      entry('B', '1.2', '1.2.1', 'd'),
    ],
    '2.25.1',
  );
  const { elements, ...dataSet } = dicomParser.parseDicom(bytes);
  const whole = { elements, ...dataSet };
  const uint32 = (tag: string) =>
    new DataView(bytes.buffer).getUint32(whole.elements[tag]?.dataOffset ?? 0, true);
  const byOffset = new Map(
    (elements.x00041220?.items ?? []).map((item) => [item.dataOffset - 8, item.dataSet]),
  );
  expect(byOffset.size).toBe(2 + 2 + 3 + 4);
  const tree = (offset: number): unknown[] => {
    const found: unknown[] = [];
    for (let at = offset; at !== 0; at = byOffset.get(at)?.uint32('x00041400') ?? 0) {
      const record = byOffset.get(at);
      expect(record, `a record begins at ${at}`).toBeDefined();
      const type = record?.string('x00041430');
      const lower = record?.uint32('x00041420') ?? 0;
      found.push(lower === 0 ? record?.string('x00041500') : [type, ...tree(lower)]);
    }
    return found;
  };
  expect(tree(uint32('x00041200'))).toEqual([
    [
      'PATIENT',
      ['STUDY', ['SERIES', 'PT000001\\A0000000', 'PT000001\\B0000000'], ['SERIES', 'PT000001\\C0000000']],
    ],
    ['PATIENT', ['STUDY', ['SERIES', 'PT000001\\D0000000']]],
  ]);
  expect(byOffset.get(uint32('x00041202'))?.string('x00100020')).toBe('B');
});
