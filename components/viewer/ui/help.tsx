'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog.tsx';

const rows = [
  'scroll',
  'page',
  'ends',
  'presets',
  'zoom',
  'tools',
  'measure',
  'measureEdit',
  'undo',
  'invert',
  'reset',
  'link',
  'fusion',
  'crosshair',
  'turn',
  'wheel',
  'mouse',
  'help',
] as const;

/** The keys and the mouse, on one sheet. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('viewer');
  return (
    <Dialog open={open} title={t('helpTitle')} onClose={onClose} dark>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {rows.map((row) => (
          <div key={row} className="contents">
            <dt className="font-mono text-teal-300">{t(`helpKeys.${row}`)}</dt>
            <dd>{t(`helpWords.${row}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
