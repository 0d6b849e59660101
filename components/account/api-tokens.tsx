'use client';

import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Card } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { AccountToken } from '@/lib/people/schema.ts';
import { NewToken } from './new-token.tsx';

/** A person's own API tokens. Revoking cannot be undone (a program stops working at once), so it is asked first. */
export function ApiTokens({ tokens }: { tokens: AccountToken[] }) {
  const t = useTranslations('account');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [revoking, setRevoking] = useState<AccountToken>();
  const [busy, setBusy] = useState(false);

  const revoke = async (token: AccountToken) => {
    setBusy(true);
    try {
      await api('DELETE', `/api/tokens/${token.id}`);
      setRevoking(undefined);
      toast.success(t('revoked'));
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
      router.refresh();
    }
  };

  return (
    <Card title={t('tokens')}>
      <p className="mb-3 text-slate-600">{t('tokensHint')}</p>
      {tokens.length === 0 ? (
        <p className="mb-4">{t('noTokens')}</p>
      ) : (
        <ul className="mb-4 divide-y divide-slate-200 border-y border-slate-200">
          {tokens.map((token) => (
            <li key={token.id} className="flex flex-wrap items-center justify-between gap-2 py-2">
              <TokenFacts token={token} />
              <Button
                look="danger"
                onClick={() => setRevoking(token)}
                aria-label={t('revokeName', { name: token.label || t('unnamed') })}
              >
                {t('revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewToken />
      <Dialog
        open={revoking !== undefined}
        title={t('revokeTitle', { name: revoking?.label || t('unnamed') })}
        onClose={() => setRevoking(undefined)}
      >
        <p className="mb-4 text-slate-700">{t('revokeBody')}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setRevoking(undefined)}>{shell('cancel')}</Button>
          <Button look="danger" disabled={busy} onClick={() => revoking && void revoke(revoking)}>
            {t('revoke')}
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}

function TokenFacts({ token }: { token: AccountToken }) {
  const t = useTranslations('account');
  const format = useFormatter();
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium' });
  return (
    <div className="min-w-0">
      <p className="font-medium break-words">{token.label || t('unnamed')}</p>
      <p className="text-xs text-slate-600">
        {t('created', { date: day(token.createdAt) })} ·{' '}
        {token.expiresAt ? t('expires', { date: day(token.expiresAt) }) : t('never')} ·{' '}
        {token.lastUsedAt ? t('lastUsed', { date: day(token.lastUsedAt) }) : t('neverUsed')}
      </p>
    </div>
  );
}
