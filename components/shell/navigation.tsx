'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';

export type NavigationEntry =
  | 'start'
  | 'boards'
  | 'cases'
  | 'studies'
  | 'network'
  | 'people'
  | 'audit'
  | 'quarantine';

const paths: Record<NavigationEntry, string> = {
  start: '/',
  boards: '/boards',
  cases: '/cases',
  studies: '/studies',
  network: '/network',
  people: '/people',
  audit: '/audit',
  quarantine: '/quarantine',
};

/** The entry that a page belongs to. */
const topOf = (pathname: string): string => `/${pathname.split('/')[1] ?? ''}`;

/** The main navigation: only what the person's roles open. */
export function Navigation({ entries }: { entries: NavigationEntry[] }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a phone the line is pushed sideways: where one is must not lie beyond its end.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>(`[href="${topOf(pathname)}"]`);
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.clientWidth / 3;
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={t('nav')} className="relative -mb-px flex gap-1 overflow-x-auto">
      {entries.map((entry) => {
        const path = paths[entry];
        const current = path === '/' ? pathname === '/' : pathname.startsWith(path);
        return (
          <Link
            key={entry}
            href={path}
            aria-current={current ? 'page' : undefined}
            className={`border-b-2 px-3 py-2.5 text-sm font-medium whitespace-nowrap ${current ? 'border-teal-700 text-teal-900' : 'border-transparent text-slate-700 hover:text-slate-950'}`}
          >
            {t(entry)}
          </Link>
        );
      })}
    </nav>
  );
}
