import { expect, test } from 'vitest';
import { contourAt, structureSetOf } from '@/lib/rt/planes.fixture.ts';
import type { Pane } from './pane.ts';
import { type Seen, unseenOn } from './seen-contours.ts';

test('ROIs that were refused are named on the series that their set was drawn on, while others of it are seen', () => {
  const set = structureSetOf([contourAt(0)], '2.25.1', { series: ['CT'] });
  const [roi] = set.rois;
  if (!roi) throw new Error('No ROI');
  const refusedRoi = (number: number, name: string) => ({
    roi: { ...roi, number, name },
    reason: 'no_frame_of_reference' as const,
    details: {},
  });
  const refused = [refusedRoi(2, 'on MR'), refusedRoi(3, '')];
  const seen = (visible: number[]) =>
    ({
      structureSets: [{ set, fit: { fits: true, missingImages: 0, refused } }],
      rois: new Map([[set.sopInstanceUid, { visible: new Set(visible), opacity: {} }]]),
      stacks: [],
      panes: [],
    }) as unknown as Seen;
  const pane = (SeriesInstanceUID: string) =>
    ({
      kind: 'plane',
      stack: { SeriesInstanceUID, planes: [] },
      viewPlane: () => ({ frameOfReferenceUid: '2.25.1' }),
    }) as unknown as Pane;
  expect(unseenOn(seen([1]), pane('CT'))).toMatchObject({ refused: ['on MR', '3'], otherFrame: 0 });
  expect(unseenOn(seen([1]), pane('PET')).refused).toEqual([]);
  expect(unseenOn(seen([]), pane('CT')).refused).toEqual([]);
});
