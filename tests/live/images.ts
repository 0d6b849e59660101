import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import { viewportAs } from '@/lib/live/view.fixture.ts';

/** What test cases hold: series by study, as the views and drawings of tests name them. */
export const testImages: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [viewportAs(), drawnAs('any')].map(({ studyUid, seriesUid }) => [
    studyUid ?? '',
    new Set([seriesUid ?? '']),
  ]),
);
