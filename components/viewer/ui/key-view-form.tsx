'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import type { KeyViewWords } from '../contract.ts';

const field =
  'w-full rounded-md border border-neutral-500 bg-neutral-950 px-2 py-1 text-sm text-neutral-100 placeholder:text-neutral-400';

/** Title and note of a key view, to save or to change. `onDone` gives whether it was taken; else the words stay. */
export function KeyViewForm(props: {
  heading: string;
  words: KeyViewWords;
  onDone: (words: KeyViewWords) => Promise<boolean>;
  onClose: () => void;
}) {
  const t = useTranslations('viewer.keyViews');
  const id = useId();
  const [words, setWords] = useState(props.words);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const taken = await props.onDone({ title: words.title.trim(), note: words.note.trim() });
    setBusy(false);
    if (taken) props.onClose();
  };
  return (
    <Dialog open title={props.heading} onClose={props.onClose} dark>
      <form onSubmit={submit} className="space-y-3">
        <div className="space-y-1">
          <label htmlFor={`${id}-title`} className="block text-sm font-medium">
            {t('name')}
          </label>
          <input
            id={`${id}-title`}
            required
            autoFocus
            maxLength={64}
            pattern=".*\S.*"
            value={words.title}
            onChange={(event) => setWords({ ...words, title: event.target.value })}
            className={field}
          />
        </div>
        <div className="space-y-1">
          <label htmlFor={`${id}-note`} className="block text-sm font-medium">
            {t('note')}
          </label>
          <textarea
            id={`${id}-note`}
            rows={3}
            maxLength={900}
            value={words.note}
            onChange={(event) => setWords({ ...words, note: event.target.value })}
            className={field}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button look="dark" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" disabled={busy}>
            {t('keep')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
