import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { BoardSummary } from '@/lib/boards/schema.ts';

export function BoardList({ boards }: { boards: BoardSummary[] }) {
  const t = useTranslations('boards');
  return (
    <ul className="card divide-y divide-slate-200">
      {boards.map((board) => (
        <li key={board.id} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3">
          <Link
            href={`/boards/${board.id}`}
            className="link min-w-56 flex-1 text-base font-medium break-words"
          >
            {board.title}
          </Link>
          <Badge>{t(`type.${board.type}`)}</Badge>
          <span className="w-14">{board.centreCode}</span>
          <span className="w-28 text-sm text-slate-700">
            {t('memberCount', { count: board.memberCount })}
          </span>
          <span className="w-28 text-sm text-slate-700">
            {t('sessionCount', { count: board.sessionCount })}
          </span>
        </li>
      ))}
    </ul>
  );
}
