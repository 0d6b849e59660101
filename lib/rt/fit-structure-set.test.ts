import { describe, expect, test } from 'vitest';
import type { Roi, StructureSet } from '../dicom/rtstruct.ts';
import { fitStructureSet, fittingPart, type ShownSeries } from './fit-structure-set.ts';
import { contourAt, FRAME, planeAt, structureSetOf } from './planes.fixture.ts';

const series = (seriesUid: string, zs: readonly number[], frame = FRAME): ShownSeries => ({
  seriesUid,
  images: zs.map((z) => ({
    sopInstanceUid: `${seriesUid}-${z}`,
    plane: planeAt([0, 0, z], [1, 0, 0], [0, 1, 0], frame),
  })),
});
const CT = series('CT', [0, 3, 6]);
const PET = series('PET', [0, 4, 8]);
const drawnOn = (zs: readonly number[], seriesUid = 'CT', frame = FRAME): StructureSet =>
  structureSetOf(
    zs.map((z) => contourAt(z, [`${seriesUid}-${z}`])),
    frame,
    { series: [seriesUid] },
  );

describe('fits', () => {
  test.each<[string, StructureSet, ShownSeries[], number]>([
    ['on the series it was drawn on', drawnOn([0, 3, 6]), [CT], 0],
    ['beside another series', drawnOn([0, 3]), [PET, CT], 0],
    ['most of its images are missing', drawnOn([0, 9, 12]), [CT], 2],
    ['it names no images at all', structureSetOf([contourAt(0)]), [CT], 0],
    [
      'a second series that it names is missing',
      structureSetOf([contourAt(0, ['CT-0'])], FRAME, { series: ['CT', 'MR'] }),
      [CT],
      0,
    ],
    [
      'a frame that no contour uses is missing',
      { ...drawnOn([0]), frameOfReferenceUids: [FRAME, '2.25.9'] },
      [CT],
      0,
    ],
    [
      'its series came anew, and every contour lies on a plane of it',
      structureSetOf([contourAt(0, ['old-0']), contourAt(3, ['old-3'])], FRAME, { series: ['CT'] }),
      [CT],
      2,
    ],
    [
      'a contour that names several images claims to lie on none',
      structureSetOf([contourAt(1.6, ['CT-0', 'CT-6'])], FRAME, { series: ['CT'] }),
      [CT],
      0,
    ],
  ])('%s', (_, set, shown, missingImages) => {
    expect(fitStructureSet(set, shown)).toEqual({ fits: true, missingImages, refused: [] });
  });
});

describe('an ROI that may not be drawn hides no other one', () => {
  const fitting = drawnOn([0, 3]);
  const [gtv] = fitting.rois;
  if (!gtv) throw new Error('no ROI');
  const other = { ...gtv, number: 2, name: 'on MR' };

  test.each<[string, Partial<Roi>, object]>([
    [
      'in another frame of reference',
      { frameOfReferenceUid: '2.25.9' },
      { reason: 'frame_of_reference_differs', details: { expected: '2.25.9', found: [FRAME] } },
    ],
    ['in none', { frameOfReferenceUid: '' }, { reason: 'no_frame_of_reference', details: {} }],
    [
      'a contour off the plane of the image that it names',
      { contours: [contourAt(3, ['CT-3']), contourAt(3, ['CT-0'])] },
      { reason: 'off_plane', details: { roi: 'on MR', sopInstanceUid: 'CT-0', distanceMm: 3 } },
    ],
  ])('%s', (_, changes, refusal) => {
    const odd = { ...other, ...changes };
    const set = { ...fitting, rois: [odd, gtv] };
    const fit = fitStructureSet(set, [CT]);
    expect(fit).toEqual({ fits: true, missingImages: 0, refused: [{ roi: odd, ...refusal }] });
    expect(fittingPart(set, fit).rois).toEqual([gtv]);
  });

  test('its series came anew: the ROIs of this space vouch for it, one of another space does not matter', () => {
    const anew = structureSetOf([contourAt(0, ['old-0'])], FRAME, { series: ['CT'] });
    const odd = { ...other, frameOfReferenceUid: '2.25.9', contours: [contourAt(1.5, ['MR-1'])] };
    const fit = fitStructureSet({ ...anew, rois: [...anew.rois, odd] }, [CT]);
    expect(fit).toMatchObject({ fits: true, refused: [{ roi: { name: 'on MR' } }] });
  });
});

describe('is refused', () => {
  test.each<[string, StructureSet, ShownSeries[], object]>([
    ['no contours', structureSetOf([]), [CT], { reason: 'no_contours' }],
    ['no frame of reference', drawnOn([0], 'CT', ''), [CT], { reason: 'no_frame_of_reference' }],
    [
      'a frame of reference that is not shown',
      drawnOn([0], 'CT', '2.25.9'),
      [CT],
      { reason: 'frame_of_reference_differs', details: { expected: '2.25.9', found: [FRAME] } },
    ],
    ['nothing is shown', drawnOn([0]), [], { reason: 'frame_of_reference_differs' }],
    [
      'none of its series is shown',
      drawnOn([0, 3]),
      [PET],
      { reason: 'references_not_found', details: { images: 2, series: ['CT'] } },
    ],
    [
      'its series came anew, but the contours lie between its planes',
      structureSetOf([contourAt(0, ['old-0']), contourAt(1.5, ['old-1'])], FRAME, { series: ['CT'] }),
      [CT],
      { reason: 'references_not_found', details: { images: 2, series: [] } },
    ],
    [
      'a contour off the plane of the image that it names',
      structureSetOf([contourAt(3, ['CT-0'])], FRAME, { series: ['CT'] }),
      [CT],
      { reason: 'off_plane', details: { roi: 'GTV', sopInstanceUid: 'CT-0', distanceMm: 3 } },
    ],
    [
      'its image is in another frame than its contour',
      structureSetOf([contourAt(0, ['CT-0'])], FRAME, { series: ['CT'] }),
      [series('CT', [0, 3], '2.25.9'), PET],
      { reason: 'frame_of_reference_differs', details: { expected: FRAME, found: ['2.25.9'] } },
    ],
    [
      'its image has no geometry',
      drawnOn([0]),
      [{ seriesUid: 'CT', images: [{ sopInstanceUid: 'CT-0', plane: null }] }, PET],
      { reason: 'off_plane' },
    ],
  ])('%s', (_, set, shown, refusal) => {
    expect(fitStructureSet(set, shown)).toMatchObject({ fits: false, ...refusal });
  });
});
