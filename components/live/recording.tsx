'use client';

import { BookmarkPlus, Circle, CircleOff, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { RoomState } from '@/lib/live/room-state.ts';
import { isForTyping } from './is-for-typing.ts';
import type { Decide } from './use-command.ts';

type Props = { state: RoomState; decide: Decide; busy: boolean };

/** Whether what is looked at is recorded, for everybody; the chair switches it, and marks are set while it is. */
export function Recording({ state, decide, busy }: Props) {
  const t = useTranslations('room.recording');
  const { room, me } = state;
  if (!room) return null;
  const { recording } = room;
  const Icon = recording ? Circle : CircleOff;
  return (
    <div className="relative flex items-center gap-1" data-recording={recording}>
      <p
        role="status"
        title={t(recording ? 'onHint' : 'offHint')}
        className={`inline-flex min-h-7 items-center gap-1.5 rounded-full border px-2 text-xs ${recording ? 'border-red-400/60 text-red-200' : 'border-neutral-700 text-neutral-300'}`}
      >
        <Icon aria-hidden="true" className={`size-3 ${recording ? 'fill-red-400 text-red-400' : ''}`} />
        {t(recording ? 'on' : 'off')}
      </p>
      {room.chairId === me && (
        <Button
          look="dark"
          disabled={busy}
          aria-label={t(recording ? 'stop' : 'start')}
          title={t(recording ? 'stop' : 'start')}
          onClick={() => decide({ type: 'record.set', on: !recording })}
        >
          {recording ? (
            <Square aria-hidden="true" className="size-3.5 fill-current" />
          ) : (
            <Circle aria-hidden="true" className="size-3.5 fill-red-400 text-red-400" />
          )}
        </Button>
      )}
      {recording && <MarkMoment decide={decide} busy={busy} />}
    </div>
  );
}

/** Marks this moment of the record, with words or without; Shift B does too. */
function MarkMoment({ decide, busy }: { decide: Decide; busy: boolean }) {
  const t = useTranslations('room.recording');
  const keys = useTranslations('viewer.helpKeys');
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'B' || event.ctrlKey || event.metaKey || event.altKey || isForTyping(event.target))
        return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  const close = () => {
    setOpen(false);
    setText('');
    button.current?.focus();
  };
  return (
    <>
      <Button
        ref={button}
        look="dark"
        aria-expanded={open}
        aria-keyshortcuts="Shift+B"
        aria-label={t('mark')}
        title={`${t('mark')} (${keys('moment')})`}
        onClick={() => (open ? close() : setOpen(true))}
      >
        <BookmarkPlus aria-hidden="true" className="size-4" />
      </Button>
      {open && (
        <form
          aria-label={t('mark')}
          className="absolute top-full right-0 z-30 mt-1 flex w-80 items-center gap-1 rounded-md border border-neutral-700 bg-neutral-900 p-2 shadow-lg"
          onSubmit={(event) => {
            event.preventDefault();
            // What was typed stays until the room has it.
            decide({ type: 'record.mark', text: text.trim() }, close);
          }}
          onKeyDown={(event) => event.key === 'Escape' && close()}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: whoever opens it is about to write, or presses Enter.
            autoFocus
            aria-label={t('words')}
            placeholder={t('words')}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-h-8 min-w-0 flex-1 rounded border border-neutral-500 bg-neutral-950 px-2"
          />
          <Button type="submit" disabled={busy}>
            {t('markShort')}
          </Button>
        </form>
      )}
    </>
  );
}
