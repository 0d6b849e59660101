import { expect, test } from 'vitest';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Pane } from './pane.ts';
import { linesOn } from './position-lines.ts';
import { Spaces } from './spaces.ts';

const spaces = new Spaces(() => ({ registrations: [], handLinks: [] }));

function seen(seriesUid: string, frameOfReferenceUid: string | null, down: ViewPlane['down']) {
  const view: ViewPlane = {
    ...{ frameOfReferenceUid, centre: [0, 0, 0], right: [1, 0, 0], down },
    ...{ mmPerPixel: 1, width: 100, height: 100 },
  };
  const shown = { seriesUid, frameOfReferenceUid, focalMm: [0, 0, 0], normal: [0, 0, 1] };
  return { pane: { kind: 'plane', shown } as unknown as Pane, view };
}
const axial = (series: string, frame: string | null) => seen(series, frame, [0, 1, 0]);
const coronal = (series: string, frame: string | null) => seen(series, frame, [0, 0, -1]);

test.each([
  ['two series of one frame of reference', coronal('1', 'a'), axial('2', 'a'), 1],
  ['two frames of reference', coronal('1', 'a'), axial('2', 'b'), 0],
  ['planes of one series without a frame of reference', coronal('1', null), axial('1', null), 1],
  ['two series without a frame of reference', coronal('1', null), axial('2', null), 0],
])('%s', (_, own, other, lines) => {
  expect(linesOn(spaces, own, [own, other])).toHaveLength(lines);
});
