import { expect, test } from 'vitest';
import type { AskedRegion } from '@/lib/measure/asked-region.ts';
import { volumeOf } from '@/lib/measure/volume.fixture.ts';
import { answers } from '../workers/structures-answers.ts';
import { RegionDesk } from './region-desk.ts';

const volume = volumeOf((x) => 10 - Math.abs(x) / 10, { size: [20, 20, 20], spacing: [4, 4, 4] });
const asked = (radius: number): AskedRegion => ({
  volume,
  scale: 1,
  centre: [0, 0, 0],
  radius,
  threshold: { kind: 'none' },
});

test('an answer comes later and once; of what is asked while a region is pulled only the last counts', async () => {
  const radii: number[] = [];
  let news = 0;
  const done = new Promise<void>((resolve) => {
    const ask = async (question: { kind: string; asked: AskedRegion }) => {
      radii.push(question.asked.radius);
      return answers.region({ kind: 'region', asked: question.asked });
    };
    const desk = new RegionDesk({ ask } as never, () => {
      news += 1;
      const result = desk.of('m', '14', asked(14));
      expect(result?.known && result.values.max.value).toBeCloseTo(9.8, 5);
      resolve();
    });
    for (const radius of [10, 11, 12, 13, 14]) expect(desk.of('m', String(radius), asked(radius))).toBeNull();
  });
  await done;
  expect(radii).toEqual([10, 14]);
  expect(news).toBe(1);
});
