import { CircleUser } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import { Navigation, type NavigationEntry } from '@/components/shell/navigation.tsx';
import { Reauthenticate } from '@/components/shell/reauthenticate.tsx';
import { SignOut } from '@/components/shell/sign-out.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readAccount } from '@/lib/people/account.server.ts';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const [account, t] = await Promise.all([readAccount(actor), getTranslations('shell')]);
  const roles = new Set(actor.memberships.map((membership) => membership.role));
  const clinical = ['secretary', 'clinician', 'physicist', 'referrer'].some((role) =>
    roles.has(role as never),
  );
  const networked = ['secretary', 'clinician', 'physicist', 'admin'].some((role) => roles.has(role as never));
  const entries: NavigationEntry[] = [
    'start',
    ...(clinical ? (['boards', 'cases'] as const) : []),
    'studies',
    ...(networked ? (['network'] as const) : []),
    ...(roles.has('admin') ? (['people', 'audit', 'quarantine'] as const) : []),
  ];
  return (
    <>
      <a
        href="#contents"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-white focus:p-2"
      >
        {t('skip')}
      </a>
      <header className="border-b border-slate-200 bg-white print:hidden">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-4">
          <Link href="/" className="py-2.5 text-lg font-semibold tracking-tight text-teal-900">
            Consilium
          </Link>
          <div className="order-last w-full min-w-0 sm:order-none sm:w-auto sm:flex-1">
            <Navigation entries={entries} />
          </div>
          <div className="ml-auto flex items-center gap-2 py-1.5">
            <Link href="/account" className="link max-w-48 truncate text-sm">
              <CircleUser role="img" aria-label={t('account')} className="size-5 sm:hidden" />
              <span className="hidden sm:inline">{account.displayName}</span>
            </Link>
            <LanguageSwitch signedIn />
            <SignOut />
          </div>
        </div>
      </header>
      <main id="contents" className="mx-auto max-w-7xl px-4 py-6">
        {children}
      </main>
      <Reauthenticate email={account.email} />
    </>
  );
}
