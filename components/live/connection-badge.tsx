'use client';

import { useTranslations } from 'next-intl';
import type { ConnectionState } from '@/lib/live/room-state.ts';

const dots: Record<ConnectionState, string> = {
  live: 'bg-emerald-400',
  reconnecting: 'bg-amber-400 motion-safe:animate-pulse',
  offline: 'bg-red-400',
};

export function ConnectionBadge({ connection }: { connection: ConnectionState }) {
  const t = useTranslations('room');
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-xs text-neutral-300">
      <span aria-hidden="true" className={`size-2 rounded-full ${dots[connection]}`} />
      {t(`connection.${connection}`)}
    </span>
  );
}
