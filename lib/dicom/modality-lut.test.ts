import { describe, expect, test } from 'vitest';
import type { JsonDataSet, JsonElement } from './display-json.ts';
import { hasModalityTable, lookedUp, modalityTable, modalityTableUri } from './modality-lut.ts';

const headerOf = (descriptor: number[], data: JsonElement | undefined, signed = false): JsonDataSet => ({
  '00280103': { vr: 'US', Value: [signed ? 1 : 0] },
  '00283000': {
    vr: 'SQ',
    Value: [{ '00283002': { vr: 'US', Value: descriptor }, ...(data && { '00283006': data }) }],
  },
});
const values = (...Value: number[]): JsonElement => ({ vr: 'US', Value });
const of16 = { bitsStored: 16, signed: false };

describe('a Modality LUT', () => {
  test('gives its entries, and its ends beyond them (PS3.3 C.11.1)', () => {
    const table = modalityTable(headerOf([3, 10, 16], values(100, 7, 900)), null);
    expect([...lookedUp([0, 9, 10, 11, 12, 13, 65535], table, of16)]).toEqual([
      100, 100, 100, 7, 900, 900, 900,
    ]);
  });

  test.each([
    ['as SS', -2],
    ['as US', 65534],
  ])('of signed values begins below zero, written %s', (_, first) => {
    const table = modalityTable(headerOf([4, first, 16], values(1, 2, 3, 4), true), null);
    const signed = { bitsStored: 12, signed: true };
    expect(table.first).toBe(-2);
    // Signs extended or not: twelve bits are what is stored.
    expect([...lookedUp([-2, -1, 0, 1, 0xffe, 0xfff, -2048], table, signed)]).toEqual([1, 2, 3, 4, 1, 2, 1]);
  });

  test('what lies above the stored bits is no part of a value', () => {
    const table = modalityTable(headerOf([4, 0, 16], values(1, 2, 3, 4)), null);
    expect([...lookedUp([0xf001, 0x1002], table, { bitsStored: 12, signed: false })]).toEqual([2, 3]);
  });

  test('zero entries are 65536', () => {
    const all = Array.from({ length: 65536 }, (_, index) => 65535 - index);
    const table = modalityTable(headerOf([0, 0, 16], values(...all)), null);
    expect([...lookedUp([0, 65535], table, of16)]).toEqual([65535, 0]);
  });

  test('in words inline, by address, in big endian, and bytes packed', () => {
    const words = Uint8Array.of(0x34, 0x12, 0x78, 0x56);
    const inline = { vr: 'OW', InlineBinary: btoa(String.fromCharCode(...words)) };
    expect([...modalityTable(headerOf([2, 0, 16], inline), null).entries]).toEqual([0x1234, 0x5678]);
    const there = headerOf([2, 0, 16], { vr: 'OW', BulkDataURI: '/bulk' });
    expect(modalityTableUri(there)).toBe('/bulk');
    expect([...modalityTable(there, words).entries]).toEqual([0x1234, 0x5678]);
    const big = { ...there, '00083002': { vr: 'UI', Value: ['1.2.840.10008.1.2.2'] } };
    expect([...modalityTable(big, words).entries]).toEqual([0x3412, 0x7856]);
    expect([...modalityTable(headerOf([4, 0, 8], inline), null).entries]).toEqual([0x34, 0x12, 0x78, 0x56]);
  });

  test('that is not whole is refused', () => {
    expect(() => modalityTable(headerOf([5, 0, 16], values(1, 2)), null)).toThrow(RangeError);
    expect(() => modalityTable(headerOf([2, 0, 16], undefined), null)).toThrow(RangeError);
    expect(() => modalityTable(headerOf([], values(1, 2)), null)).toThrow(RangeError);
    expect(hasModalityTable({})).toBe(false);
  });
});
