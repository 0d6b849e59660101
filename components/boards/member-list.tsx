import { useTranslations } from 'next-intl';
import { Badge, Card } from '@/components/ui/page.tsx';
import type { BoardFields } from '@/lib/boards/schema.ts';
import { PersonLine } from './person-line.tsx';

/** Who belongs to a board, and the specialties that its quorum asks for. */
export function MemberList({ board }: { board: BoardFields }) {
  const t = useTranslations('boards');
  const specialty = useTranslations('specialty');
  return (
    <Card title={t('members')}>
      <ul className="space-y-2">
        {board.members.map((member) => (
          <li key={member.personId} className="flex items-start justify-between gap-2">
            <PersonLine person={member} />
            {member.chair && <Badge tone="good">{t('chair')}</Badge>}
          </li>
        ))}
      </ul>
      <h3 className="mt-4 mb-1 font-semibold">{t('field.requiredSpecialties')}</h3>
      <p className="text-sm text-slate-700">
        {board.requiredSpecialties.map((one) => specialty(one)).join(', ') || t('noSpecialty')}
      </p>
    </Card>
  );
}
