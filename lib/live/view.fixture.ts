import { plainStack, type ViewportState } from './view-state.ts';

/** An axial CT as it is first shown, unless told otherwise. */
export const viewportAs = (change: Partial<ViewportState> = {}): ViewportState => ({
  viewportId: 'v1',
  studyUid: '1.2.3',
  seriesUid: '1.2.3.4',
  frameOfReferenceUid: '1.2.3.9',
  focalMm: [1, 2, 3],
  sopInstanceUid: null,
  normal: [0, 0, 1],
  voi: { center: 40, width: 400 },
  invert: false,
  zoom: 1,
  rotation: 0,
  flipHorizontal: false,
  ...plainStack,
  ...change,
});
