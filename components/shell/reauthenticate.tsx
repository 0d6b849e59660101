'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '@/components/ui/dialog.tsx';
import { onSessionExpired } from '@/lib/http/api-client.ts';
import { SignInForm } from './sign-in-form.tsx';

/** When a login ends in the middle of work: sign in here, in place, and the work goes on. */
export function Reauthenticate({ email }: { email: string }) {
  const t = useTranslations('shell');
  const [open, setOpen] = useState(false);
  const waiting = useRef<((signedIn: boolean) => void)[]>([]);
  useEffect(() => {
    onSessionExpired(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setOpen(true);
        }),
    );
    return () => onSessionExpired(undefined);
  }, []);
  const finish = (signedIn: boolean) => {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(signedIn);
  };
  return (
    <Dialog open={open} title={t('reauthTitle')} onClose={() => finish(false)}>
      <p className="mb-3 text-slate-700">{t('reauthBody')}</p>
      <SignInForm email={email} onSignedIn={() => finish(true)} />
    </Dialog>
  );
}
