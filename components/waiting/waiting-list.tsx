'use client';

import { DoorOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { chimeIsOn, ring } from '@/components/live/chime.ts';
import type { Decide } from '@/components/live/use-command.ts';
import { Button } from '@/components/ui/button.tsx';
import type { WaitingPerson } from '@/lib/live/waiting/schema.ts';

type Props = { waiting: readonly WaitingPerson[]; busy: boolean; decide: Decide };

/** Who waits to be let in, longest first, for those who may let them in. New ones are told in words, and by a soft sound. */
export function WaitingList(props: Props) {
  const t = useTranslations('waiting');
  const { waiting } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [said, setSaid] = useState('');
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const news = waiting.filter((one) => !known.current.has(one.personId));
    known.current = new Set(waiting.map((one) => one.personId));
    const [first] = news;
    if (!first) return;
    setSaid(news.length > 1 ? t('cameMany', { count: news.length }) : t('came', { name: first.displayName }));
    if (chimeIsOn()) ring(true);
  }, [waiting, t]);

  /** Whoever answered by keyboard goes on where they were, though that button is about to go. */
  const answer: Decide = (intent) => {
    const focused = list.current?.contains(document.activeElement);
    props.decide(intent);
    if (focused) heading.current?.focus();
  };
  return (
    <>
      <p aria-live="polite" className="sr-only" data-waiting-news>
        {said}
      </p>
      {waiting.length > 0 && (
        <section
          aria-labelledby="waiting-heading"
          className="mb-2 rounded-md border border-amber-300/50 bg-neutral-900 p-2"
        >
          <h3
            id="waiting-heading"
            ref={heading}
            tabIndex={-1}
            className="flex items-center gap-1.5 text-sm font-medium text-amber-200"
          >
            <DoorOpen aria-hidden="true" className="size-4 shrink-0" />
            {t('count', { count: waiting.length })}
          </h3>
          <ul ref={list}>
            {waiting.map((one) => (
              <Waiting key={one.personId} person={one} busy={props.busy} decide={answer} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Waiting({ person, busy, decide }: { person: WaitingPerson; busy: boolean; decide: Decide }) {
  const t = useTranslations();
  const { personId, displayName: name, specialty, role, centreCode } = person;
  const what = specialty ? t(`specialty.${specialty}`) : role && t(`role.${role}`);
  return (
    <li className="mt-1.5 leading-tight" data-waiting={personId}>
      <p className="truncate">{name}</p>
      <p className="truncate text-xs text-neutral-400">{[what, centreCode].filter(Boolean).join(' · ')}</p>
      <div className="mt-1 flex flex-wrap gap-1">
        <Button
          look="primary"
          className="px-2 text-xs"
          disabled={busy}
          aria-label={t('waiting.admitName', { name })}
          title={t('waiting.hint')}
          onClick={() => decide({ type: 'waiting.admit', personId, observer: false })}
        >
          {t('waiting.admit')}
        </Button>
        <Button
          look="dark"
          className="px-2 text-xs"
          disabled={busy}
          aria-label={t('waiting.observeName', { name })}
          title={t('room.observer.hint')}
          onClick={() => decide({ type: 'waiting.admit', personId, observer: true })}
        >
          {t('waiting.observe')}
        </Button>
        <Button
          look="quiet"
          className="px-2 text-xs"
          disabled={busy}
          aria-label={t('waiting.declineName', { name })}
          onClick={() => decide({ type: 'waiting.decline', personId })}
        >
          {t('waiting.decline')}
        </Button>
      </div>
    </li>
  );
}

/** How many wait, where the list may be out of sight; leads to it. */
export function WaitingBadge(props: { waiting: readonly WaitingPerson[]; onOpen: () => void }) {
  const t = useTranslations('waiting');
  const count = props.waiting.length;
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-label={t('count', { count })}
      title={t('count', { count })}
      onClick={props.onOpen}
      className="inline-flex h-8 min-w-8 cursor-pointer items-center justify-center gap-1 rounded-md border border-amber-300/60 px-1.5 text-xs font-medium text-amber-200 hover:bg-neutral-800"
    >
      <DoorOpen aria-hidden="true" className="size-4" />
      {count}
    </button>
  );
}
