import { expect, test } from 'vitest';
import { decodeRle } from './transcode-rle.ts';

/** An RLE frame of PackBits segments (PS3.5 G.3). */
function frame(...segments: number[][]): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let at = 64;
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(at, 4 + 4 * index);
    at += segment.length;
  }
  return Buffer.concat([header, ...segments.map((segment) => Buffer.from(segment))]);
}

test('16 bits: the first segment holds the high bytes; literal and repeated runs', () => {
  const high = [0x02, 1, 2, 3]; // three bytes as they are
  const low = [0xfe, 9]; // one byte three times
  expect([...decodeRle(frame(high, low), 3, 1, 2)]).toEqual([9, 1, 9, 2, 9, 3]);
});

test('three samples lie together in the result', () => {
  const out = decodeRle(frame([0x01, 1, 2], [0x01, 3, 4], [0x01, 5, 6]), 2, 3, 1);
  expect([...out]).toEqual([1, 3, 5, 2, 4, 6]);
});

test('a run that claims more than there is stops at the end; a wrong number of segments is said', () => {
  expect([...decodeRle(frame([0x81, 7]), 2, 1, 1)]).toEqual([7, 7]);
  expect([...decodeRle(frame([0x05, 7]), 2, 1, 1)]).toEqual([7, 0]);
  expect(() => decodeRle(frame([0, 1]), 1, 1, 2)).toThrow(RangeError);
});
