'use client';

import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';

export function SignOut() {
  const t = useTranslations('shell');
  return (
    <Button look="quiet" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
      {t('signOut')}
    </Button>
  );
}
