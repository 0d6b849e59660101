import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button.tsx';
import { auditHref } from '@/lib/audit/query.ts';
import type { AuditQuery } from '@/lib/audit/schema.ts';

/** Older rows, and back to the newest. By row id, not by page number: rows that come meanwhile shift nothing. */
export function AuditPager({ query, nextBefore }: { query: AuditQuery; nextBefore: number | null }) {
  const t = useTranslations('audit');
  return (
    <div className="mt-4 flex justify-end gap-2">
      {query.before !== undefined && (
        <Link
          href={auditHref('/audit', { ...query, before: undefined })}
          className={buttonClass()}
          prefetch={false}
        >
          {t('newest')}
        </Link>
      )}
      {nextBefore !== null && (
        <Link
          href={auditHref('/audit', { ...query, before: nextBefore })}
          className={buttonClass()}
          prefetch={false}
        >
          {t('older')}
        </Link>
      )}
    </div>
  );
}
