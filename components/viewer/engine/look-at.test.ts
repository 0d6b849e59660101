import { expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { lookAt } from './look-at.ts';
import type { Pane } from './pane.ts';
import { Spaces } from './spaces.ts';

const spaces = new Spaces(() => ({ registrations: [], handLinks: [] }));

function viewport(seriesUid: string, frameOfReferenceUid: string | null) {
  const went: Mm3[] = [];
  const state = { seriesUid, frameOfReferenceUid, focalMm: [0, 0, 0], normal: [0, 0, 1] };
  const pane = {
    ...{ state: () => state, viewPlane: () => null },
    goToPoint: (point: Mm3) => went.push(point),
  } as unknown as Pane;
  return { pane, went };
}

test('the other viewports of the space go to the point', () => {
  const [own, same, apart] = [viewport('1', 'a'), viewport('2', 'a'), viewport('3', 'b')];
  lookAt(spaces, own.pane, [own.pane, same.pane, apart.pane], [1, 2, 3]);
  expect([own.went, same.went, apart.went]).toEqual([[], [[1, 2, 3]], []]);
});

test('without a frame of reference those of the very same series do', () => {
  const [own, same, apart] = [viewport('1', null), viewport('1', null), viewport('2', null)];
  lookAt(spaces, own.pane, [own.pane, same.pane, apart.pane], [1, 2, 3]);
  expect([same.went, apart.went]).toEqual([[[1, 2, 3]], []]);
});
