import { viewportAs } from '@/lib/live/view.fixture.ts';
import { plainView, type ViewState } from '@/lib/live/view-state.ts';

/** A view of a CT at `z` patient mm. */
export function viewAt(z: number): ViewState {
  return {
    layout: 'single',
    activeViewportId: 'v1',
    viewports: [viewportAs({ focalMm: [0, 0, z] })],
    structureSets: [],
    ...plainView,
  };
}
