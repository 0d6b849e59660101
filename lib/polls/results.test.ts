import { expect, test } from 'vitest';
import { resultsOf } from './results.ts';

test('answers are counted by option and by specialty, the most first', () => {
  const votes = [
    { option: 1, specialty: 'surgery' },
    { option: 1, specialty: 'radiology' },
    { option: 1, specialty: 'surgery' },
    { option: 2, specialty: null },
  ];
  expect(resultsOf(['a', 'b', 'c'], votes)).toEqual([
    { words: 'a', votes: 0, bySpecialty: [] },
    {
      words: 'b',
      votes: 3,
      bySpecialty: [
        { specialty: 'surgery', votes: 2 },
        { specialty: 'radiology', votes: 1 },
      ],
    },
    { words: 'c', votes: 1, bySpecialty: [{ specialty: null, votes: 1 }] },
  ]);
});
