'use client';

import { useTranslations } from 'next-intl';
import type { ConnectionState, RoomState } from '@/lib/live/room-state.ts';

const dots: Record<ConnectionState, string> = {
  live: 'bg-emerald-400',
  reconnecting: 'bg-amber-400 motion-safe:animate-pulse',
  offline: 'bg-red-400',
};

/** A line on which nothing comes is said to be lost before either end knows. */
export function ConnectionBadge({ state }: { state: Pick<RoomState, 'connection' | 'silent'> }) {
  const t = useTranslations('room');
  const connection = state.silent && state.connection === 'live' ? 'reconnecting' : state.connection;
  return (
    <span
      role="status"
      title={t(`connection.${connection}`)}
      className="inline-flex min-h-6 items-center gap-1.5 px-1 text-xs text-neutral-300"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${dots[connection]}`} />
      {/* What is as it should be needs no word where there is little room. */}
      <span className={connection === 'live' ? 'max-2xl:sr-only' : ''}>{t(`connection.${connection}`)}</span>
    </span>
  );
}
