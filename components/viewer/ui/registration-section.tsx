'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { RegisteredFrame, SpatialRegistration } from '@/lib/dicom/registration.ts';
import { turnDegrees } from '@/lib/dicom/rigid.ts';
import type { Stack } from '../data/stack.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { PanelSection } from './panel-section.tsx';

/** What each registration brings together, or why it is not applied. */
export function RegistrationSection({ snapshot }: { snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.registration');
  const { registrations, stacks } = snapshot;
  if (registrations.length === 0) return null;
  return (
    <PanelSection title={t('title')}>
      <ul className="space-y-2 px-1.5">
        {registrations.map((registration) => (
          <li key={registration.sopInstanceUid}>
            <div className="font-medium break-words">{registration.label || t('unnamed')}</div>
            {registration.frames.length === 0 && <p className="text-amber-300">{t('empty')}</p>}
            {registration.frames.map((frame) => (
              <FrameView
                key={`${frame.from} ${frame.comment}`}
                registration={registration}
                frame={frame}
                stacks={stacks}
              />
            ))}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

type Props = { registration: SpatialRegistration; frame: RegisteredFrame; stacks: readonly Stack[] };

function FrameView({ registration, frame, stacks }: Props) {
  const t = useTranslations('viewer.registration');
  const format = useFormatter();
  const round = (value: number) => format.number(value, { maximumFractionDigits: 1 });
  const names = (uid: string) => namesIn(stacks, uid) || t('notHere');
  return (
    <div className="text-neutral-300">
      <div className="break-words">
        {t('between', { from: names(frame.from), to: names(registration.to) })}
      </div>
      {frame.applied ? (
        <div>
          {t('applied', {
            degrees: round(turnDegrees(frame.transform)),
            millimetres: round(Math.hypot(...frame.transform.translation)),
          })}
        </div>
      ) : (
        <div className="text-amber-300">{t('refused', { reason: t(`reason.${frame.reason}`) })}</div>
      )}
      <div className="break-words text-neutral-400">
        {[frame.method, frame.comment].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}

/** The series that lie in a frame of reference, as they are called; '' when none of them is here. */
function namesIn(stacks: readonly Stack[], frameOfReferenceUid: string): string {
  const inFrame = stacks.filter((stack) =>
    stack.planes.some((plane) => plane?.frameOfReferenceUid === frameOfReferenceUid),
  );
  const names = inFrame.map((stack) => [stack.Modality, stack.SeriesDescription].filter(Boolean).join(' '));
  return [...new Set(names)].join(', ');
}
