import { expect, test } from 'vitest';
import { axialAt, header, stacksOf } from '../data/stack.fixture.ts';
import { imageIndex, nameOf } from './image-of-state.ts';

const only = (headers: Parameters<typeof stacksOf>[0]) => {
  const [stack] = stacksOf(headers);
  if (!stack) throw new Error('No stack');
  return stack;
};
const at = (z: number) => ({ focalMm: [0, 0, z] as [number, number, number], sopInstanceUid: null });

test('a position means the nearest image, and needs no name', () => {
  const stack = only(axialAt(0, 3, 6));
  expect([-50, 1.4, 1.6, 4.6, 50].map((z) => imageIndex(stack, at(z)))).toEqual([0, 0, 1, 2, 2]);
  for (const image of stack.images) expect(nameOf(stack, image)).toEqual({ sopInstanceUid: null });
});

/** What a state says of an image leads back to that image: otherwise one could never scroll past it. */
test.each([
  ['several images at one position', axialAt(0, 0, 3, 3, 6, 6)],
  ['images without a position', [header(1, {}), header(2, {}), header(3, {})]],
  ['frames without a position', [header(1, {}, { '00280008': { vr: 'IS', Value: [4] } })]],
  [
    'frames that share the position of their object',
    [header(1, { position: [0, 0, 0] }, { '00280008': { vr: 'IS', Value: [4] } })],
  ],
])('%s are each reached', (_, headers) => {
  const stack = only(headers);
  stack.images.forEach((image, index) => {
    const focalMm = image.plane && ([...image.plane.origin] as [number, number, number]);
    expect(imageIndex(stack, { focalMm, ...nameOf(stack, image) })).toBe(index);
  });
});

test('a name that is not here leaves it to the position', () => {
  const stack = only(axialAt(0, 3, 3, 6));
  expect(imageIndex(stack, { focalMm: [0, 0, 6], sopInstanceUid: '2.25.999', frame: 1 })).toBe(3);
});
