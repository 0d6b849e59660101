'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog.tsx';

/** Every key of the viewer, by what it is for. */
const groups = {
  move: ['scroll', 'page', 'ends', 'wheel', 'cine', 'zoom', 'mouse', 'touch'],
  picture: ['presets', 'tools', 'invert', 'reset', 'link', 'fusion', 'crosshair', 'turn'],
  screen: ['layout', 'large', 'full', 'second'],
  measuring: ['measure', 'measureEdit', 'undo'],
  others: ['follow', 'beside', 'mark', 'moment', 'keyView', 'document', 'dvh', 'help'],
} as const;
const names = Object.keys(groups) as (keyof typeof groups)[];

/** The keys, the mouse and the fingers, on one sheet. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('viewer');
  return (
    <Dialog open={open} title={t('helpTitle')} onClose={onClose} dark wide>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {names.map((group) => (
          <section key={group} aria-labelledby={`help-${group}`}>
            <h3 id={`help-${group}`} className="mb-1.5 font-semibold">
              {t(`helpGroups.${group}`)}
            </h3>
            <dl className="grid grid-cols-[7.5rem_1fr] gap-x-4 gap-y-1.5">
              {groups[group].map((row) => (
                <div key={row} className="contents">
                  <dt className="font-mono text-teal-300">{t(`helpKeys.${row}`)}</dt>
                  <dd>{t(`helpWords.${row}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
