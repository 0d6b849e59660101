'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { length } from '@/lib/dicom/image-plane.ts';
import type { Pane } from '../engine/pane.ts';
import { spaceOf } from '../engine/spaces.ts';
import type { Stage } from '../engine/stage.ts';
import { useSpaceRefusal } from './use-space-refusal.ts';

/** How a viewport's space stands to those of the active viewport and of the contours over it, where they differ. */
export function SpaceNotes({ stage, pane }: { stage: Stage; pane: Pane }) {
  return (
    <>
      <Following stage={stage} pane={pane} />
      <Brought stage={stage} pane={pane} />
    </>
  );
}

/** Whether it scrolls with the active viewport although it lies in another space. */
function Following({ stage, pane }: { stage: Stage; pane: Pane }) {
  const t = useTranslations('viewer.space');
  const format = useFormatter();
  const refusal = useSpaceRefusal();
  const { active, spaces } = stage;
  const [own, theirs] = [pane.state(), active?.state()];
  if (!stage.store.get().linked || pane === active || !own?.seriesUid || !theirs?.seriesUid) return null;
  if (spaceOf(own) === spaceOf(theirs)) return null;
  const path = spaces.pathBetween(theirs.frameOfReferenceUid, own.frameOfReferenceUid);
  if (!('reason' in path)) {
    const registration = spaces.nameBetween(theirs.frameOfReferenceUid, own.frameOfReferenceUid);
    return <div className="text-teal-200">{t('byRegistration', { registration })}</div>;
  }
  const link = spaces.handLink(theirs, own);
  if (!link) return <div className="text-amber-300">{t('alone', { reason: refusal(path) })}</div>;
  const millimetres = format.number(length(link.offset), { maximumFractionDigits: 1 });
  return <div className="text-amber-300">{t('byHand', { millimetres })}</div>;
}

const kinds = ['contours', 'dose', 'beams'] as const;

/** Contours, dose and beams of another space that lie here by a registration. */
function Brought({ stage, pane }: { stage: Stage; pane: Pane }) {
  const t = useTranslations('viewer.space');
  const brought = stage.broughtTo(pane);
  return kinds
    .filter((kind) => brought[kind].length > 0)
    .map((kind) => (
      <div key={kind} className="text-teal-200">
        {t(kind, { registrations: brought[kind].join(', ') })}
      </div>
    ));
}
