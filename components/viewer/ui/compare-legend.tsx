'use client';

import { useTranslations } from 'next-intl';
import { type Part, partColours } from '../engine/comparison-layer.ts';

const hatching: Record<Part, string | null> = {
  both: null,
  over: 'repeating-linear-gradient(135deg,',
  under: 'repeating-linear-gradient(45deg,',
};

/** What the colours and hatchings of a comparison say, as they are drawn. */
export function CompareLegend() {
  const t = useTranslations('viewer.comparison');
  return (
    <ul aria-label={t('legend')} className="space-y-0.5 text-xs text-neutral-200">
      {(['both', 'over', 'under'] as const).map((part) => {
        const colour = partColours[part];
        const start = hatching[part];
        return (
          <li key={part} className="flex items-center gap-2">
            <span
              aria-hidden
              className="h-3 w-6 shrink-0 rounded-sm border border-neutral-600"
              style={
                start
                  ? { backgroundImage: `${start} ${colour} 0 1.5px, ${colour}59 1.5px 4px)` }
                  : { backgroundColor: `${colour}40` }
              }
            />
            {t(`part.${part}`)}
          </li>
        );
      })}
    </ul>
  );
}
