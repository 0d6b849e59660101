import { viewportAs } from '@/lib/live/view.fixture.ts';
import { plainView, type ViewportState, type ViewState } from '@/lib/live/view-state.ts';

/** A view of a CT at `z` patient mm; with a `change` of other images than those of the test's cases. */
export function viewAt(z: number, change: Partial<ViewportState> = {}): ViewState {
  return {
    layout: 'single',
    activeViewportId: 'v1',
    viewports: [viewportAs({ focalMm: [0, 0, z], ...change })],
    structureSets: [],
    ...plainView,
  };
}
