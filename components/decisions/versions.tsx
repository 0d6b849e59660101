'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { DecisionView } from '@/lib/decisions/schema.ts';

/** Every validated version, the latest first, with its reason and its printed record in both languages. */
export function Versions({ view }: { view: DecisionView }) {
  const t = useTranslations('record');
  const d = useTranslations('decision');
  const format = useFormatter();
  if (view.versions.length === 0) return null;
  return (
    <section aria-label={t('versions')} className="space-y-2">
      <h3 className="text-xs font-semibold tracking-wide text-slate-600 uppercase dark:text-neutral-400">
        {t('versions')}
      </h3>
      <ol className="space-y-2">
        {view.versions.toReversed().map((version) => (
          <li
            key={version.number}
            className="rounded-md border border-slate-200 px-2.5 py-1.5 text-sm dark:border-neutral-800"
          >
            <p className="font-medium">{t('version', { number: version.number })}</p>
            <p className="text-slate-700 dark:text-neutral-300">
              {t('validatedBy', {
                name: version.validatedBy,
                date: format.dateTime(new Date(version.validatedAt), {
                  dateStyle: 'long',
                  timeStyle: 'short',
                  hourCycle: 'h23',
                  timeZone: version.context.session.timeZone,
                }),
              })}
            </p>
            {version.reason && (
              <p className="break-words text-slate-700 dark:text-neutral-300">
                {t('amendedBecause', { reason: version.reason })}
              </p>
            )}
            <p className="mt-1 flex gap-3">
              {(['fr', 'en'] as const).map((locale) => (
                <a
                  key={locale}
                  className="link"
                  href={`/api/decisions/items/${view.agendaItemId}/pdf?version=${version.number}&locale=${locale}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {d('pdf', { language: d(`language.${locale}`) })}
                  <span className="sr-only">{`, ${t('version', { number: version.number })}`}</span>
                </a>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
