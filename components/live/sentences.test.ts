import { expect, test } from 'vitest';
import { type Sentence, withSentence } from './sentences.ts';

const say = (...words: string[]) => words.reduce<readonly Sentence[]>(withSentence, []);

test('the same sentence twice, and two at once, are sentences of their own', () => {
  const said = say('A raises a hand.', 'A raises a hand.', 'B presents.');
  expect(said.map(({ words }) => words)).toEqual(['A raises a hand.', 'A raises a hand.', 'B presents.']);
  expect(new Set(said.map(({ key }) => key)).size).toBe(3);
});

test('only the last few stay, and their keys never come again', () => {
  const said = say(...Array.from({ length: 20 }, (_, index) => `${index}`));
  expect(said.map(({ words }) => words)).toEqual(['14', '15', '16', '17', '18', '19']);
  expect(said.at(-1)?.key).toBe(20);
});
