import { expect, test } from 'vitest';
import type { Stack } from '../data/stack.ts';
import { type NamingView, namedWays } from './named-ways.ts';

const stack = (SeriesInstanceUID: string, frameOfReferenceUid: string | null, images = 3) =>
  ({
    ...{ SeriesInstanceUID, images: Array.from({ length: images }) },
    planes: [{ frameOfReferenceUid }],
  }) as unknown as Stack;
const stacks = [stack('ct', 'a'), stack('mr', 'b'), stack('mr', 'scout', 1), stack('bare', null)];

const view = (frame: string | null, over: string, registrationUid: string | null): NamingView => ({
  frameOfReferenceUid: frame,
  fusion: { seriesUid: over, registrationUid },
});

test('a fusion names its registration for the two frames it brings together, whichever lies over the other', () => {
  const way = { between: ['a', 'b'], uid: 'r' };
  expect(namedWays([view('a', 'mr', 'r')], stacks)).toEqual([way]);
  expect(namedWays([view('b', 'ct', 'r')], stacks)).toEqual([way]);
});

test('what names no registration, lies nowhere, or is not here names nothing', () => {
  const views = [
    null,
    { frameOfReferenceUid: 'a', fusion: null },
    view('a', 'mr', null),
    view(null, 'mr', 'r'),
    view('a', 'bare', 'r'),
    view('a', 'pet', 'r'),
  ];
  expect(namedWays(views, stacks)).toEqual([]);
});
