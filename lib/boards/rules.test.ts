import { describe, expect, test } from 'vitest';
import { isReordering, isToday, judgeQuorum, toInstant, toLocal } from './rules.ts';

describe('quorum: at least three doctors of different specialties, and those the board names', () => {
  test.each([
    [['surgery', 'radiology', 'radiation_oncology'], [], true],
    [['surgery', 'surgery', 'radiology'], [], false],
    [['surgery', 'radiology', 'medical_physics'], [], false],
    [['surgery', 'radiology', 'pathology'], ['medical_oncology'], false],
    [['surgery', 'radiology', 'medical_oncology', null], ['medical_oncology'], true],
  ])('%j with %j required: %s', (present, required, met) => {
    expect(judgeQuorum(present, required).met).toBe(met);
  });

  test('a missing skill may be supplied by a written opinion', () => {
    expect(judgeQuorum(['surgery', 'radiology'], ['pathology'])).toEqual({
      met: false,
      different: 2,
      missing: ['pathology'],
    });
    expect(judgeQuorum(['surgery', 'radiology'], ['pathology'], ['pathology']).met).toBe(true);
  });
});

describe('dates', () => {
  test.each([
    ['2027-02-31', '10:00'],
    ['2027-13-01', '10:00'],
    ['2027-03-28', '02:30'], // the clock of Paris jumps from 02:00 to 03:00
    ['2027-05-05', '25:00'],
  ])('%s %s does not exist in Paris', (date, time) => {
    expect(toInstant(date, time, 'Europe/Paris')).toEqual({ ok: false, code: 'date_does_not_exist' });
  });

  test('no such time zone', () => {
    expect(toInstant('2027-05-05', '10:00', 'Europe/Atlantis').ok).toBe(false);
  });

  test('a local time is one instant, and back', () => {
    const moment = toInstant('2027-07-14', '18:30', 'Europe/Paris');
    expect(moment).toEqual({ ok: true, at: new Date('2027-07-14T16:30:00Z') });
    expect(toLocal('2027-07-14T16:30:00Z', 'Europe/Paris')).toEqual({ date: '2027-07-14', time: '18:30' });
  });

  test('today is judged by the calendar of the session’s own zone', () => {
    const lateEvening = new Date('2027-01-05T23:30:00Z'); // the 6th in Paris
    expect(isToday(new Date('2027-01-06T12:00:00Z'), 'Europe/Paris', lateEvening)).toBe(true);
    expect(isToday(new Date('2027-01-06T12:00:00Z'), 'Atlantic/Reykjavik', lateEvening)).toBe(false);
  });
});

test('a reordering holds the same items, each once', () => {
  expect(isReordering(['a', 'b', 'c'], ['c', 'a', 'b'])).toBe(true);
  expect(isReordering(['a', 'b'], ['a', 'a'])).toBe(false);
  expect(isReordering(['a', 'b'], ['a'])).toBe(false);
  expect(isReordering(['a', 'b'], ['a', 'x'])).toBe(false);
});
