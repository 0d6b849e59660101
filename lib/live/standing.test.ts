import { describe, expect, test } from 'vitest';
import { DueViews } from './due-views.ts';
import type { Sight } from './protocol.ts';
import { inOlderWords, standingOf, type Told } from './standing.ts';

const sight = (seq: number, doing: Sight['doing'] = 'follow', missing: Sight['missing'] = []): Sight => ({
  seq,
  doing,
  missing,
});
const kind = (...tabs: Told[]) => standingOf('p', tabs, 10).kind;

describe('how a person stands', () => {
  test('W3: by what they have painted of what there was time for', () => {
    expect(kind(sight(10))).toBe('with');
    expect(kind(sight(12))).toBe('with');
    expect(kind(sight(9))).toBe('loading');
    expect(kind(null), 'not heard of yet').toBe('loading');
    expect(kind(sight(10, 'free'))).toBe('free');
    expect(kind(sight(10, 'away'))).toBe('away');
  });

  test('G16: with the second presenter, by what they have painted of theirs', () => {
    const along = (n: number, missing: Sight['missing'] = []) => ({
      ...sight(10, 'free'),
      second: { n, missing },
    });
    const standing = standingOf('p', [along(3, ['failed'])], 10, 3);
    expect(standing).toEqual({ personId: 'p', kind: 'second', missing: ['failed'] });
    expect(inOlderWords(standing)).toEqual({ personId: 'p', kind: 'free', missing: [] });
    expect(standingOf('p', [along(2)], 10, 3).kind).toBe('loading');
    expect(standingOf('p', [along(3), sight(10)], 10, 3).kind, 'another tab follows').toBe('with');
    expect(standingOf('p', [sight(10, 'follow', ['unsupported'])], 10)).toEqual({
      personId: 'p',
      kind: 'cannot',
      missing: ['unsupported'],
    });
    expect(kind(sight(9, 'follow', ['failed'])), 'behind, whatever it lacked before').toBe('loading');
  });

  test('W5: as the best of several tabs', () => {
    expect(kind(sight(3, 'away'), sight(10))).toBe('with');
    expect(kind(sight(10, 'free'), sight(4))).toBe('loading');
    expect(kind(sight(10, 'away'), 'older')).toBe('older');
    expect(standingOf('p', [sight(10, 'follow', ['failed']), sight(10)], 10).missing).toEqual([]);
  });

  test('W3: a view is due when there was time to paint it', () => {
    const views = new DueViews();
    for (let seq = 1; seq <= 10; seq += 1) views.came(seq, seq * 100);
    expect(views.due(1000, 500)).toBe(5);
    expect(views.waiting).toBe(true);
    expect(views.due(1600, 500)).toBe(10);
    expect(views.waiting).toBe(false);
    views.clear();
    expect(views.due(9999, 500)).toBe(0);
  });
});
