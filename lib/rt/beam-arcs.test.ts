import { expect, test } from 'vitest';
import type { BeamAt } from '../dicom/rtplan-control-points.ts';
import { arcEnd, arcsOf } from './beam-arcs.ts';

const points = (...list: [number | null, BeamAt['rotation']][]) => ({
  points: list.map(([gantry, rotation]) => ({ gantry, rotation }) as BeamAt),
});

test('a full arc from 181° clockwise over the top to 179° is 358°, not two degrees back', () => {
  const found = arcsOf(points([181, 'CW'], [270, 'CW'], [0, 'CW'], [90, 'CW'], [179, 'NONE']));
  expect(found).toEqual([{ from: 181, by: 358 }]);
  expect(arcEnd({ from: 181, by: 358 })).toBe(179);
});

test('two control points are enough, either way round', () => {
  expect(arcsOf(points([30, 'CC'], [330, 'NONE']))).toEqual([{ from: 30, by: -60 }]);
  expect(arcsOf(points([30, 'CW'], [330, 'NONE']))).toEqual([{ from: 30, by: 300 }]);
  expect(arcEnd({ from: 30, by: -60 })).toBe(330);
});

test('a gantry that turns back within a beam makes two arcs', () => {
  expect(arcsOf(points([0, 'CW'], [40, 'CC'], [10, 'NONE']))).toEqual([
    { from: 0, by: 40 },
    { from: 40, by: -30 },
  ]);
});

test('a beam that stands has none; one that moves without saying which way is not guessed', () => {
  expect(arcsOf(points([20, 'NONE'], [20, 'NONE']))).toEqual([]);
  expect(arcsOf(points([20, null]))).toEqual([]);
  expect(arcsOf(points([20, 'CW'], [380, 'NONE']))).toEqual([]);
  expect(arcsOf(points([20, 'NONE'], [40, 'NONE']))).toBe('direction_unknown');
  expect(arcsOf(points([20, null], [40, null]))).toBe('direction_unknown');
});
