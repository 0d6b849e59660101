'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ReasonField } from './reason-field.tsx';

/** Asks for the reason of what cannot go without one. `onConfirm` says whether it was done; then the dialog closes. */
export function ReasonDialog(props: {
  open: boolean;
  title: string;
  about: string;
  confirm: string;
  danger?: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => Promise<boolean>;
}) {
  const shell = useTranslations('shell');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await props.onConfirm(reason.trim());
    setBusy(false);
    if (!done) return;
    setReason('');
    props.onClose();
  };
  return (
    <Dialog open={props.open} title={props.title} onClose={props.onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <p className="text-sm">{props.about}</p>
        <ReasonField value={reason} onChange={setReason} />
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose}>{shell('cancel')}</Button>
          <Button
            type="submit"
            look={props.danger ? 'danger' : 'primary'}
            disabled={busy || reason.trim() === ''}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
