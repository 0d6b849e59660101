import { describe, expect, test } from 'vitest';
import { latenessOf, spentOn, stoppedClock, turnTo } from './case-clock.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 1, 14, minutes)).toISOString();
const ms = (minutes: number): number => Date.parse(at(minutes));
const inMinutes = (duration: number | null): number | null => duration && duration / 60_000;

describe('the clock of cases', () => {
  const session = {
    startsAt: at(0),
    agenda: [
      { id: 'a', plannedMinutes: 10 },
      { id: 'b', plannedMinutes: 20 },
    ],
  };

  test('G3: adds up over openings, and stands while another case is open', () => {
    const first = turnTo(stoppedClock, null, at(0));
    const second = turnTo(first, 'a', at(7));
    const again = turnTo(second, 'b', at(12));
    expect(inMinutes(spentOn(first, 'a', 'a', ms(7)))).toBe(7);
    expect(inMinutes(spentOn(second, 'b', 'a', ms(30)))).toBe(7);
    expect(inMinutes(spentOn(again, 'a', 'a', ms(15)))).toBe(10);
    expect(inMinutes(spentOn(again, 'a', 'b', ms(15)))).toBe(5);
    expect(spentOn(again, 'a', 'c', ms(15))).toBe(0);
  });

  test('G3: the open case opened again goes on', () => {
    const twice = turnTo(turnTo(stoppedClock, null, at(0)), 'a', at(4));
    expect(inMinutes(spentOn(twice, 'a', 'a', ms(6)))).toBe(6);
  });

  test('a clock that is behind the opening counts nothing', () => {
    expect(spentOn(turnTo(stoppedClock, null, at(5)), 'a', 'a', ms(4))).toBe(0);
  });

  test('lateness: what was begun late and what took longer, all else as planned', () => {
    expect(latenessOf(session, stoppedClock, null, ms(30))).toBeNull();
    const late = turnTo(stoppedClock, null, at(5));
    expect(inMinutes(latenessOf(session, late, 'a', ms(8)))).toBe(5);
    expect(inMinutes(latenessOf(session, late, 'a', ms(18)))).toBe(8);
    const next = turnTo(late, 'a', at(9));
    expect(inMinutes(latenessOf(session, next, 'b', ms(10)))).toBe(-1);
  });

  test('on another day there is no plan', () => {
    expect(latenessOf(session, turnTo(stoppedClock, null, at(0)), 'a', ms(24 * 60))).toBeNull();
  });
});
