import { plainStack, plainView, type ViewState } from '@/lib/live/view-state.ts';

/** A view of a CT at `z` patient mm. */
export function viewAt(z: number): ViewState {
  return {
    layout: 'single',
    activeViewportId: 'v1',
    viewports: [
      {
        viewportId: 'v1',
        studyUid: '1.2.3',
        seriesUid: '1.2.3.4',
        frameOfReferenceUid: '1.2.3.9',
        focalMm: [0, 0, z],
        sopInstanceUid: null,
        normal: [0, 0, 1],
        voi: { center: 40, width: 400 },
        invert: false,
        zoom: 1,
        rotation: 0,
        flipHorizontal: false,
        ...plainStack,
      },
    ],
    structureSets: [],
    ...plainView,
  };
}
