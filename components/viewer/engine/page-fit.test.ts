import { describe, expect, it } from 'vitest';
import { acrossPage, fitPage, movedBy, type PageArea, seenOf, zoomedBy } from './page-fit.ts';

const page = { width: 600, height: 800 };

describe('a page in a window', () => {
  it('is whole, in the middle, as large as it fits', () => {
    expect(fitPage(page, null, { width: 800, height: 400 })).toEqual({ scale: 0.5, left: 250, top: 0 });
    expect(fitPage(page, null, { width: 300, height: 900 })).toEqual({ scale: 0.5, left: 0, top: 250 });
  });

  it.each([
    ['wide', { width: 1200, height: 300 }],
    ['tall', { width: 250, height: 1000 }],
    ['tiny', { width: 40, height: 30 }],
  ])('holds all of what somebody else reads, in a %s window', (_name, window) => {
    const area: PageArea = [0.25, 0.5, 0.75, 0.625];
    const seen = seenOf(page, fitPage(page, area, window), window);
    expect(seen[0]).toBeLessThanOrEqual(area[0]);
    expect(seen[1]).toBeLessThanOrEqual(area[1]);
    expect(seen[2]).toBeGreaterThanOrEqual(area[2]);
    expect(seen[3]).toBeGreaterThanOrEqual(area[3]);
    // One way it fills the window.
    const exact = [seen[2] - seen[0], seen[3] - seen[1]];
    expect(Math.min(Math.abs((exact[0] ?? 0) - 0.5), Math.abs((exact[1] ?? 0) - 0.125))).toBeLessThan(0.001);
  });

  it('comes closer about the same middle, and back to the whole page', () => {
    expect(zoomedBy([0, 0, 1, 1], 2)).toEqual([0.25, 0.25, 0.75, 0.75]);
    expect(zoomedBy([0.25, 0.25, 0.75, 0.75], 0.5)).toBeNull();
    expect(zoomedBy([0, 0, 0.5, 0.5], 0.5)).toBeNull();
    expect(zoomedBy([0, 0, 0.4, 0.4], 0.8)).toEqual([0, 0, 0.5, 0.5]);
  });

  it('does not come closer without end', () => {
    expect(zoomedBy([0.5, 0.5, 0.54, 0.54], 100)).toEqual([0.5, 0.5, 0.54, 0.54]);
  });

  it('is moved to its edges and no farther', () => {
    expect(movedBy([0.25, 0.25, 0.75, 0.75], 0.1, -0.1)).toEqual([0.35, 0.15, 0.85, 0.65]);
    expect(movedBy([0.25, 0.25, 0.75, 0.75], 2, -2)).toEqual([0.5, 0, 1, 0.5]);
  });

  it('is read in its full width from where it is read', () => {
    expect(acrossPage(page, [0.2, 0.5, 0.6, 0.6], { width: 600, height: 200 })).toEqual([0, 0.5, 1, 0.75]);
    expect(acrossPage(page, [0, 0.9, 1, 1], { width: 600, height: 200 })).toEqual([0, 0.75, 1, 1]);
    expect(acrossPage(page, [0, 0, 1, 1], { width: 300, height: 900 })).toBeNull();
  });
});
