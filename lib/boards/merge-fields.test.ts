import { expect, test } from 'vitest';
import { mergeFields } from './merge-fields.ts';

const base = { title: 'Lymphoma', place: 'Room 1', url: '', minutes: 60, wanted: ['surgery'] };

test('what I did not touch takes the other’s value; what the other did not touch keeps mine', () => {
  const mine = { ...base, place: 'Room 2' };
  const saved = { ...base, minutes: 90, wanted: ['surgery', 'radiology'] };
  expect(mergeFields(base, mine, saved)).toEqual({
    merged: { ...base, place: 'Room 2', minutes: 90, wanted: ['surgery', 'radiology'] },
    taken: ['minutes', 'wanted'],
    contested: [],
  });
});

test('what both changed is contested, and my text stands until somebody chooses', () => {
  const merge = mergeFields(base, { ...base, title: 'Hodgkin' }, { ...base, title: 'Lymphomas' });
  expect(merge).toMatchObject({ merged: { title: 'Hodgkin' }, taken: [], contested: ['title'] });
});

test('both wrote the same: nothing to choose', () => {
  const both = { ...base, title: 'Hodgkin' };
  expect(mergeFields(base, both, both)).toEqual({ merged: both, taken: [], contested: [] });
});
