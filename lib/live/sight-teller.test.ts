import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PAINT_WITHIN_MS } from './due-views.ts';
import type { Sight } from './protocol.ts';
import { SightTeller } from './sight-teller.ts';

const EVERY_MS = 250;

describe('what a tab says that it has painted', () => {
  let said: Sight[];
  let changes: string[];
  let teller: SightTeller;
  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    changes = [];
    teller = new SightTeller(
      (sight) => said.push(sight),
      () => changes.push(teller.standing),
    );
    teller.restart(EVERY_MS);
  });
  afterEach(() => {
    teller.stop();
    vi.useRealTimers();
  });

  test('W1: a new connection is told at once what is painted, and again after the next', () => {
    expect(said).toEqual([{ seq: 0, doing: 'follow', missing: [] }]);
    teller.shown(7);
    teller.painted(7, []);
    vi.advanceTimersByTime(EVERY_MS);
    teller.restart(EVERY_MS);
    expect(said.at(-1)?.seq).toBe(7);
  });

  test('W1: while views stream the number is told now and then, and the last one always', () => {
    said.length = 0;
    for (let seq = 1; seq <= 300; seq += 1) {
      teller.shown(seq);
      vi.advanceTimersByTime(20);
      teller.painted(seq, []);
      vi.advanceTimersByTime(13);
    }
    vi.advanceTimersByTime(EVERY_MS);
    expect(said.at(-1)).toEqual({ seq: 300, doing: 'follow', missing: [] });
    expect(said.length).toBeLessThanOrEqual((300 * 33) / EVERY_MS + 2);
    expect(changes).toEqual([]);
  });

  test('W1: another pace makes nobody speak, and holds from the next word on', () => {
    teller.shown(1);
    teller.painted(1, []);
    said.length = 0;
    teller.pace(4 * EVERY_MS);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(EVERY_MS);
    expect(said.map(({ seq }) => seq)).toEqual([1]);
    teller.shown(2);
    teller.painted(2, []);
    vi.advanceTimersByTime(4 * EVERY_MS - 1);
    expect(said.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(said.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('W1: something else than before is told at once', () => {
    teller.shown(1);
    teller.painted(1, []);
    said.length = 0;
    teller.shown(2);
    teller.painted(2, ['not_shared']);
    expect(said).toEqual([{ seq: 2, doing: 'follow', missing: ['not_shared'] }]);
    teller.doing('free');
    teller.doing('away');
    teller.doing('follow');
    expect(said.slice(1).map(({ doing }) => doing)).toEqual(['free', 'away', 'follow']);
    expect(changes).toEqual(['cannot', 'free', 'away', 'cannot']);
  });

  test('W1: a view that was overtaken is no news', () => {
    teller.shown(5);
    teller.painted(5, []);
    teller.painted(4, ['failed']);
    vi.advanceTimersByTime(EVERY_MS);
    expect(said.at(-1)).toEqual({ seq: 5, doing: 'follow', missing: [] });
  });

  test('W10: whatever is painted, a tab whose line is dead marks itself, until something comes', () => {
    teller.shown(7);
    teller.painted(7, []);
    expect(teller.standing).toBe('with');
    teller.line(true);
    expect(teller.standing).toBe('loading');
    teller.line(false);
    expect(teller.standing).toBe('with');
    expect(changes).toEqual(['loading', 'with']);
  });

  test('W7: a view that is not painted in time makes a tab late, until it is', () => {
    teller.shown(1);
    vi.advanceTimersByTime(PAINT_WITHIN_MS - 1);
    expect(teller.standing).toBe('with');
    vi.advanceTimersByTime(PAINT_WITHIN_MS);
    expect(teller.standing).toBe('loading');
    said.length = 0;
    teller.painted(1, []);
    expect(teller.standing).toBe('with');
    expect(said, 'told at once').toEqual([{ seq: 1, doing: 'follow', missing: [] }]);
    expect(changes).toEqual(['loading', 'with']);
  });

  test('W7: who paints every view, but each of them too late, is late', () => {
    const LAG = 20;
    for (let seq = 1; seq <= 60; seq += 1) {
      teller.shown(seq);
      if (seq > LAG) teller.painted(seq - LAG, []);
      vi.advanceTimersByTime(33);
    }
    expect(teller.standing).toBe('loading');
  });

  test('W8: a page without a viewer says so from its first word on, and is never with the presenter', () => {
    const words: Sight[] = [];
    const blind = new SightTeller(
      (sight) => words.push(sight),
      () => undefined,
      true,
    );
    blind.restart(EVERY_MS);
    expect(blind.standing).toBe('cannot');
    blind.shown(4);
    expect(blind.standing).toBe('cannot');
    blind.shown(null);
    vi.advanceTimersByTime(EVERY_MS);
    expect(blind.standing).toBe('cannot');
    expect(words.map(({ missing }) => missing)).toEqual(words.map(() => ['no_images']));
    blind.stop();
  });

  test('W7: nobody is late when nothing is shared', () => {
    teller.shown(1);
    vi.advanceTimersByTime(3 * PAINT_WITHIN_MS);
    teller.shown(null);
    expect(teller.standing).toBe('with');
  });
});
