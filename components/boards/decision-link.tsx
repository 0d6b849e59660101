import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { AgendaItemView } from '@/lib/boards/schema.ts';

/** How far the record of an item is, with the way to it. */
export function DecisionLink({ item, mayWrite }: { item: AgendaItemView; mayWrite: boolean }) {
  const t = useTranslations('agenda');
  const { decision } = item;
  const patient = <span className="sr-only">: {item.patientName}</span>;
  if (!decision && !mayWrite) return <span className="text-slate-600">{t('noDecision')}</span>;
  return (
    <Link href={`/decisions/${item.id}`} prefetch={false} className="inline-flex items-baseline gap-1.5">
      <span className="link">{decision || !mayWrite ? t('decision') : t('writeDecision')}</span>
      {decision?.state === 'validated' && (
        <Badge tone="good">{t('validated', { versions: decision.versions })}</Badge>
      )}
      {decision?.state === 'draft' && (
        <Badge tone="warn">{decision.versions > 0 ? t('amending') : t('draft')}</Badge>
      )}
      {patient}
    </Link>
  );
}
