import { describe, expect, test } from 'vitest';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { fitMm, inOwnWindow } from './window-shape.ts';

const shapes = [
  { width: 1500, height: 800 },
  { width: 700, height: 900 },
  { width: 320, height: 1000 },
  { width: 900, height: 900 },
];
const fields = [
  { width: 512, height: 512 },
  { width: 500, height: 1800 },
  { width: 1800, height: 240 },
];
const pairs = shapes.flatMap((theirs) => shapes.map((own) => ({ theirs, own })));

describe('a zoom that is told of another window', () => {
  test.each(pairs)('all that $theirs holds is in $own, and touches its edge', ({ theirs, own }) => {
    for (const field of fields) {
      const there = fitMm(field, theirs);
      const here = fitMm(field, own, theirs.width / theirs.height);
      const [across, down] = [
        (there * theirs.width) / (here * own.width),
        (there * theirs.height) / (here * own.height),
      ];
      expect(Math.max(across, down)).toBeCloseTo(1, 12);
    }
  });

  test('in a window of its own shape, whatever its size, it is what it was', () => {
    for (const { width, height } of shapes)
      for (const field of fields) {
        const there = fitMm(field, { width, height });
        const half = { width: width / 2, height: height / 2 };
        expect(fitMm(field, half, width / height)).toBeCloseTo(2 * there, 12);
      }
  });

  test('the whole fits where nobody told a window', () => {
    expect(fitMm({ width: 500, height: 200 }, { width: 100, height: 100 })).toBe(5);
  });
});

test.each(pairs)(
  'told of the own window the picture is as large: from $theirs in $own',
  ({ theirs, own }) => {
    const aspect = theirs.width / theirs.height;
    for (const field of fields) {
      const brought = viewportAs({ zoom: 3, aspect });
      const taken = inOwnWindow(brought, field, own);
      expect(taken.aspect).toBeUndefined();
      expect(fitMm(field, own) / taken.zoom).toBeCloseTo(fitMm(field, own, aspect) / 3, 12);
    }
    const mine = viewportAs({ zoom: 3 });
    expect(inOwnWindow(mine, { width: 1, height: 2 }, own)).toBe(mine);
  },
);
