'use client';

import { useTranslations } from 'next-intl';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { StructureSetView } from './structure-set-view.tsx';

/** Structure sets and segmentations, and the segmentations that are still coming or cannot be shown. */
export function StructureSections({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  return (
    <>
      {snapshot.structureSets.map((judged) => (
        <StructureSetView
          key={judged.set.sopInstanceUid}
          stage={stage}
          judged={judged}
          display={snapshot.rois.get(judged.set.sopInstanceUid)}
        />
      ))}
      {snapshot.segmentations.map(({ sopInstanceUid, label, state }) => (
        <section key={sopInstanceUid} aria-label={label || t('segmentation')}>
          <h2 className="truncate px-1.5 text-xs font-semibold tracking-wide text-neutral-400 uppercase">
            {label || t('segmentation')}
          </h2>
          <p
            role="status"
            className={`px-1.5 ${state === 'loading' ? 'text-neutral-300' : 'text-amber-300'}`}
          >
            {t(`segState.${state}`)}
          </p>
        </section>
      ))}
    </>
  );
}
