'use client';

import dynamic from 'next/dynamic';
import type { ViewerProps } from './contract.ts';
import { ViewerWaits } from './viewer-waits.tsx';

export { warmCase } from './data/warm-case.ts';

/** The viewer, loaded only in a browser and only when shown: Cornerstone and OHIF are large. Remount it with a `key` for another root. */
export const Viewer = dynamic<ViewerProps>(
  () => import('./viewer-app.tsx').then((module) => module.ViewerApp),
  { ssr: false, loading: () => <ViewerWaits /> },
);
