'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { PollView } from '@/lib/polls/schema.ts';

/** One straw poll: its question, what I answered and may still answer, and the result as far as it is shown. */
export function PollCard(props: {
  poll: PollView;
  busy: boolean;
  /** Absent: this person only watches, or the poll is closed. */
  onVote?: ((option: number) => void) | undefined;
  onClose?: (() => void) | undefined;
}) {
  const t = useTranslations('poll');
  const { poll, onVote } = props;
  const open = poll.closedAt === null;
  return (
    <article
      aria-label={poll.question}
      data-poll={open ? 'open' : 'closed'}
      className="space-y-2 rounded-md border border-slate-200 p-2.5 text-sm dark:border-neutral-700"
    >
      <p className="font-medium">{poll.question}</p>
      <ul className="space-y-1">
        {poll.options.map((words, option) => (
          <li key={words}>
            {onVote ? (
              <button
                type="button"
                aria-pressed={poll.mine === option}
                disabled={props.busy}
                onClick={() => onVote(option)}
                className="flex min-h-9 w-full cursor-pointer items-center gap-2 rounded-md border border-slate-300 px-2.5 py-1 text-left hover:bg-slate-100 aria-pressed:border-teal-700 aria-pressed:font-medium dark:border-neutral-600 dark:hover:bg-neutral-800 dark:aria-pressed:border-teal-400"
              >
                <Result poll={poll} option={option} />
              </button>
            ) : (
              <div className="flex min-h-7 items-center gap-2">
                <Result poll={poll} option={option} />
              </div>
            )}
            <BySpecialty poll={poll} option={option} />
          </li>
        ))}
      </ul>
      <p className="text-xs text-slate-600 dark:text-neutral-400">
        {[
          t('askedBy', { name: poll.askedBy }),
          t('voters', { count: poll.voters }),
          t(open ? (poll.results ? 'open' : 'hiddenNow') : 'closed'),
        ].join(' · ')}
      </p>
      {open && props.onClose && (
        <Button disabled={props.busy} onClick={props.onClose}>
          {t('close')}
        </Button>
      )}
    </article>
  );
}

function Result({ poll, option }: { poll: PollView; option: number }) {
  const t = useTranslations('poll');
  const result = poll.results?.[option];
  return (
    <>
      <span className="grid size-4 shrink-0 place-content-center">
        {poll.mine === option && (
          <Check role="img" aria-label={t('mine')} className="size-4 text-teal-700 dark:text-teal-300" />
        )}
      </span>
      <span className="min-w-0 flex-1 wrap-break-word">{poll.options[option]}</span>
      {result && (
        <span className="shrink-0 tabular-nums" data-votes={result.votes}>
          <span aria-hidden="true">{result.votes}</span>
          <span className="sr-only">{t('votes', { count: result.votes })}</span>
        </span>
      )}
    </>
  );
}

/** Under an option: a bar of its share, and who by specialty. */
function BySpecialty({ poll, option }: { poll: PollView; option: number }) {
  const t = useTranslations();
  const result = poll.results?.[option];
  if (!result || result.votes === 0) return null;
  return (
    <div className="pt-0.5 pl-6">
      <div aria-hidden="true" className="h-1 rounded-full bg-slate-200 dark:bg-neutral-800">
        <div
          className="h-1 rounded-full bg-teal-700 dark:bg-teal-400"
          style={{ width: `${(100 * result.votes) / poll.voters}%` }}
        />
      </div>
      <p className="text-xs text-slate-600 dark:text-neutral-400">
        {result.bySpecialty
          .map(({ specialty, votes }) =>
            t('poll.ofSpecialty', {
              specialty: specialty ? t(`specialty.${specialty}`) : t('poll.noSpecialty'),
              count: votes,
            }),
          )
          .join(', ')}
      </p>
    </div>
  );
}
