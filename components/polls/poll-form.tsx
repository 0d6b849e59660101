'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { pollLimits } from '@/lib/live/poll.ts';

const { options: MOST, fewest: LEAST } = pollLimits;
const input =
  'w-full rounded-md border border-slate-500 bg-white px-2 py-1 dark:border-neutral-500 dark:bg-neutral-900';

export type PollWords = { question: string; options: string[]; hidden: boolean };

/** A question with two to six answers. Empty answers are left out; two that are the same are not asked. */
export function PollForm(props: { onAsk: (poll: PollWords) => void; onCancel: () => void }) {
  const t = useTranslations('poll');
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState([t('yes'), t('no')]);
  const [hidden, setHidden] = useState(true);
  const filled = options.map((one) => one.trim()).filter((one) => one !== '');
  const [tried, setTried] = useState(false);
  const missing =
    question.trim() === ''
      ? 'question'
      : filled.length < LEAST
        ? 'options'
        : new Set(filled).size < filled.length
          ? 'same'
          : null;
  return (
    <form
      aria-label={t('ask')}
      className="space-y-2 rounded-md border border-slate-200 p-2.5 text-sm dark:border-neutral-700"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!missing) props.onAsk({ question: question.trim(), options: filled, hidden });
      }}
    >
      <input
        aria-label={t('question')}
        placeholder={t('question')}
        maxLength={pollLimits.question}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        className={input}
      />
      {options.map((words, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is known by its place alone.
        <div key={index} className="flex gap-1">
          <input
            aria-label={t('option', { number: index + 1 })}
            maxLength={pollLimits.option}
            value={words}
            onChange={(event) => setOptions(options.with(index, event.target.value))}
            className={input}
          />
          {options.length > LEAST && (
            <Button
              look="quiet"
              className="px-2"
              aria-label={t('removeOption', { number: index + 1 })}
              onClick={() => setOptions(options.filter((_, other) => other !== index))}
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          )}
        </div>
      ))}
      {options.length < MOST && (
        <Button look="quiet" onClick={() => setOptions([...options, ''])}>
          <Plus aria-hidden="true" className="size-4" />
          {t('addOption')}
        </Button>
      )}
      <label className="flex min-h-7 items-center gap-2">
        <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
        {t('hide')}
      </label>
      {tried && missing && (
        <p role="alert" className="text-red-800 dark:text-red-300">
          {t(`missing.${missing}`)}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary">
          {t('askNow')}
        </Button>
        <Button look="quiet" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
