import { describe, expect, it } from 'vitest';
import { placeAt, scrolledTo } from './report-place.ts';

const tops = [0, 20, 40, 540];
const end = 600;

describe('where a report is read', () => {
  it.each([
    [0, 1, null],
    [20, 2, null],
    // The browser rounds what it is asked to scroll to.
    [19.4, 2, null],
    [290, 3, 0.5],
    [539.5, 4, null],
    [5000, 4, 0.99],
  ])('%d pixels down', (scrolled, page, into) => {
    expect(placeAt(tops, end, scrolled)).toEqual({ page, area: into === null ? null : [0, into, 1, 1] });
  });

  it('is the same words in a narrow window, where they are twice as high', () => {
    const place = placeAt(tops, end, 290);
    expect(scrolledTo([0, 40, 80, 1080], 1200, place)).toBe(580);
  });

  it('comes back to the same place', () => {
    for (const scrolled of [0, 20, 45, 290, 540, 570]) {
      const place = placeAt(tops, end, scrolled);
      expect(placeAt(tops, end, scrolledTo(tops, end, place) ?? Number.NaN)).toEqual(place);
    }
  });

  it('is nowhere in an item that the report has not', () => {
    expect(scrolledTo(tops, end, { page: 5, area: null })).toBeNull();
    expect(placeAt([], 0, 0)).toEqual({ page: 1, area: null });
  });
});
