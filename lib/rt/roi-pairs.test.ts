import { expect, test } from 'vitest';
import { pairRois } from './roi-pairs.ts';
import { roiOf } from './section.fixture.ts';

const named = (number: number, name: string) => ({ ...roiOf([]), number, name });

test('by name, whatever its case; else by number where that one’s name is not taken; the rest is told', () => {
  const a = [named(1, 'GTV'), named(2, 'Heart'), named(3, 'Lung'), named(4, 'Cord')];
  const b = [named(1, 'heart '), named(2, 'gtv'), named(3, 'Lung_L'), named(9, 'Liver')];
  const { pairs, onlyInB } = pairRois(a, b);
  expect(pairs.map(({ other, matchedBy }) => [other?.name ?? null, matchedBy])).toEqual([
    ['gtv', 'name'],
    ['heart ', 'name'],
    ['Lung_L', 'number'],
    [null, null],
  ]);
  expect(onlyInB.map((roi) => roi.name)).toEqual(['Liver']);
});

test('by hand: exactly as somebody said, two with the same counterpart too', () => {
  const a = [named(1, 'GTV'), named(2, 'Heart'), named(3, 'Lung')];
  const b = [named(1, 'GTV'), named(5, 'Herz')];
  const { pairs, onlyInB } = pairRois(a, b, [
    [2, 5],
    [3, 5],
    [1, 77],
  ]);
  expect(pairs.map(({ other, matchedBy }) => [other?.name ?? null, matchedBy])).toEqual([
    [null, null],
    ['Herz', 'hand'],
    ['Herz', 'hand'],
  ]);
  expect(onlyInB.map((roi) => roi.name)).toEqual(['GTV']);
});
