import { expect, test } from 'vitest';
import { fileMeta } from './write-file-meta.ts';

test('a file’s head is 128 zeros, DICM and a group length that is right (PS3.10 7.1)', () => {
  const object = {
    sopClassUid: '1.2.3',
    sopInstanceUid: '1.2.3.4',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
  };
  const head = Buffer.from(fileMeta(object));
  expect(head.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
  expect(head.toString('latin1', 128, 132)).toBe('DICM');
  expect(head.readUInt32LE(140)).toBe(head.length - 144);
});
