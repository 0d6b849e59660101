import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { CaseList } from '@/components/cases/case-list.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { FilterForm, SearchField } from '@/components/ui/filter-form.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { listCases } from '@/lib/cases/read-case.server.ts';
import { centresWhere } from '@/lib/people/list-centres.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cases'))('title') };
}

/** As many as the use case gives at most. */
const MOST = 100;

export default async function CasesPage(props: { searchParams: Promise<{ query?: string | string[] }> }) {
  const actor = await requireActor('/cases');
  const query = [(await props.searchParams).query ?? ''].flat()[0]?.slice(0, 200) ?? '';
  const [t, cases, creating] = await Promise.all([
    getTranslations('cases'),
    listCases(actor, query),
    centresWhere(actor, 'case.create'),
  ]);
  const newCase = creating.length > 0 && (
    <Link href="/cases/new" className={buttonClass('primary')}>
      {t('new')}
    </Link>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={newCase} />
      <FilterForm label={t('search')}>
        <SearchField label={t('search')} query={query} />
      </FilterForm>
      {cases.length > 0 && <CaseList cases={cases} />}
      {cases.length === MOST && <p className="mt-3 text-slate-600">{t('firstOnly', { count: MOST })}</p>}
      {cases.length === 0 && (
        <EmptyState title={query ? t('nothingFound', { query }) : t('none')}>
          {query ? t('nothingFoundHint') : t('noneHint')}
        </EmptyState>
      )}
    </>
  );
}
