import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApiTokens } from '@/components/account/api-tokens.tsx';
import { ChangePassword } from '@/components/account/change-password.tsx';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { listTokens, readAccount } from '@/lib/people/account.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const actor = await requireActor('/account');
  const [account, tokens, t] = await Promise.all([readAccount(actor), listTokens(actor), getTranslations()]);
  return (
    <>
      <PageHeader
        title={t('account.title')}
        about={
          <>
            {account.displayName} · <span className="break-all">{account.email}</span>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          <Card title={t('account.memberships')}>
            <ul className="space-y-1">
              {account.memberships.map(({ role, specialty, centre }) => (
                <li key={`${centre.id} ${role}`}>
                  <span className="font-medium">{t(`role.${role}`)}</span>
                  {specialty && `, ${t(`specialty.${specialty}`)}`}
                  <span className="text-slate-600"> · {centre.name}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={t('shell.language')}>
            <p className="mb-2 text-slate-600">{t('account.languageHint')}</p>
            <LanguageSwitch signedIn />
          </Card>
          <ChangePassword email={account.email} />
        </div>
        <ApiTokens tokens={tokens} />
      </div>
    </>
  );
}
