import { expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { parseStructureSet, pointAt, pointCount } from './rtstruct.ts';

const values = (vr: string, ...list: unknown[]) => ({ vr, Value: list });
const contour = (type: string, points: unknown[], ...images: string[]): JsonDataSet => ({
  '30060042': values('CS', type),
  '30060050': values('DS', ...points),
  '30060016': values('SQ', ...images.map((uid) => ({ '00081155': values('UI', uid) }))),
});
const TRIANGLE = [0, 0, 5, 9, 0, 5, 9, 9, 5];

const set: JsonDataSet = {
  '00080018': values('UI', '2.25.1'),
  '0020000D': values('UI', '2.25.2'),
  '0020000E': values('UI', '2.25.3'),
  '30060002': values('SH', 'Plan 1'),
  '300E0002': values('CS', 'APPROVED'),
  '30060010': values('SQ', {
    '00200052': values('UI', '2.25.4'),
    '30060012': values('SQ', {
      '30060014': values('SQ', {
        '0020000E': values('UI', '2.25.5'),
        '30060016': values('SQ', { '00081155': values('UI', '2.25.6') }),
      }),
    }),
  }),
  '30060020': values(
    'SQ',
    { '30060022': values('IS', 7), '30060026': values('LO', 'Heart'), '30060024': values('UI', '2.25.9') },
    { '30060022': values('IS', 2), '30060026': values('LO', 'GTV') },
    { '30060022': values('IS', 3), '30060026': values('LO', 'Empty') },
    { '30060026': values('LO', 'without a number') },
  ),
  '30060039': values(
    'SQ',
    {
      '30060084': values('IS', 2),
      '3006002A': values('IS', 255, 300, -4),
      '30060040': values(
        'SQ',
        contour('CLOSED_PLANAR', TRIANGLE, '2.25.6', '2.25.7'),
        contour('POINT', [1, 2, 3]),
        contour('SPLINE', TRIANGLE),
        contour('CLOSED_PLANAR', [1, 2, 3, 4]),
        contour('CLOSED_PLANAR', []),
        contour('CLOSED_PLANAR', [1, 2, null]),
      ),
    },
    { '30060084': values('IS', 7), '30060040': values('SQ', contour('OPEN_PLANAR', TRIANGLE)) },
  ),
  '30060080': values('SQ', { '30060084': values('IS', 2), '300600A4': values('CS', 'GTV') }),
};

test('ROIs by number, joined with their contours and observations', () => {
  const { rois, ...rest } = parseStructureSet(set);
  expect(rest).toEqual({
    sopInstanceUid: '2.25.1',
    studyUid: '2.25.2',
    seriesUid: '2.25.3',
    label: 'Plan 1',
    date: '',
    approval: 'APPROVED',
    frameOfReferenceUids: ['2.25.4', '2.25.9'],
    referencedSeriesUids: ['2.25.5'],
    referencedImageUids: ['2.25.6', '2.25.7'],
  });
  expect(rois.map((roi) => [roi.number, roi.name, roi.interpretedType, roi.frameOfReferenceUid])).toEqual([
    [2, 'GTV', 'GTV', '2.25.4'],
    [3, 'Empty', '', '2.25.4'],
    [7, 'Heart', '', '2.25.9'],
  ]);
});

test('contours of every type; the unreadable are counted', () => {
  const [gtv, empty, heart] = parseStructureSet(set).rois;
  expect(gtv?.contours.map((one) => [one.type, pointCount(one), one.imageUids.length])).toEqual([
    ['CLOSED_PLANAR', 3, 2],
    ['POINT', 1, 0],
    ['UNKNOWN', 3, 0],
  ]);
  expect(gtv?.unreadableContours).toBe(3);
  expect(gtv?.contours[0] && pointAt(gtv.contours[0], 1)).toEqual([9, 0, 5]);
  expect(empty?.contours).toEqual([]);
  expect(heart?.contours[0]?.type).toBe('OPEN_PLANAR');
});

test('colours are kept within bytes; without one each ROI has its own', () => {
  const [gtv, empty, heart] = parseStructureSet(set).rois;
  expect(gtv?.colour).toBe('#ffff00');
  expect(empty?.colour).toMatch(/^#[0-9a-f]{6}$/);
  expect(empty?.colour).not.toBe(heart?.colour);
});

test('an object that holds nothing', () => {
  expect(parseStructureSet({})).toMatchObject({ label: '', rois: [], frameOfReferenceUids: [] });
});
