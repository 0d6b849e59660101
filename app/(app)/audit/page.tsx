import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditFilters } from '@/components/audit/audit-filters.tsx';
import { AuditPager } from '@/components/audit/audit-pager.tsx';
import { AuditTable } from '@/components/audit/audit-table.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { EmptyState, Notice, PageHeader } from '@/components/ui/page.tsx';
import { listAudit } from '@/lib/audit/list-audit.server.ts';
import { auditHref, readAuditQuery } from '@/lib/audit/query.ts';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound } from '@/lib/http/page.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireActor('/audit');
  const t = await getTranslations('audit');
  const { query, leftOut } = readAuditQuery(await searchParams);
  const { rows, nextBefore, centre, centres } = await orNotFound(listAudit(actor, query));
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about', { centre: centre.name, zone: centre.timeZone })}
        actions={
          // A download, not a page: the browser itself must fetch it, once, when it is asked for.
          <a href={auditHref('/api/audit/csv', { ...query, before: undefined })} className={buttonClass()}>
            {t('csv')}
          </a>
        }
      />
      <AuditFilters query={query} centre={centre} centres={centres} />
      {leftOut.length > 0 && (
        <div className="mb-4">
          <Notice tone="warn">
            {t('badFilter', { fields: leftOut.map((field) => t(field)).join(', ') })}
          </Notice>
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <AuditTable rows={rows} query={query} timeZone={centre.timeZone} />
      )}
      <AuditPager query={query} nextBefore={nextBefore} />
    </>
  );
}
