'use client';

import { useTranslations } from 'next-intl';
import { PollCard } from './poll-card.tsx';
import { usePolls } from './use-polls.ts';

/** The straw polls that were held about a case in a session, to be read beside its decision; nothing when none was. */
export function Polls({ itemId }: { itemId: string }) {
  const t = useTranslations('poll');
  const polls = usePolls(itemId, '');
  if (polls.length === 0) return null;
  return (
    <section aria-label={t('title')} className="mt-4 space-y-2">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <p className="text-xs text-slate-600 dark:text-neutral-400">{t('noDecision')}</p>
      {polls.map((poll) => (
        <PollCard key={poll.id} poll={poll} busy={false} />
      ))}
    </section>
  );
}
