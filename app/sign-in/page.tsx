import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import { SignInPanel } from '@/components/shell/sign-in-panel.tsx';
import { pageActor } from '@/lib/auth/page-actor.server.ts';
import { demoAccounts } from '@/lib/people/demo-accounts.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

type Props = { searchParams: Promise<{ callbackUrl?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl = '/' } = await searchParams;
  // Only a path of this site: a link must not send somebody elsewhere after their password.
  const returnTo = /^\/(?![/\\])/.test(callbackUrl) ? callbackUrl : '/';
  if (await pageActor()) redirect(returnTo);
  const t = await getTranslations('signIn');
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-4 py-10">
      <div className="mb-6 flex items-start justify-between gap-4">
        <div>
          <p className="text-lg font-semibold tracking-tight text-teal-900">Consilium</p>
          <p className="mt-1 text-slate-600">{t('intro')}</p>
        </div>
        <LanguageSwitch signedIn={false} />
      </div>
      <div className="card p-6">
        <h1 className="mb-4">{t('title')}</h1>
        <SignInPanel returnTo={returnTo} demo={await demoAccounts()} />
      </div>
    </main>
  );
}
