'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button, buttonClass } from '@/components/ui/button.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { RoomClient } from '@/lib/live/client.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** Says that the room is away and what becomes of the work meanwhile. A login that ended is mended in place. */
export function ConnectionBanner(props: { client: RoomClient | null; state: RoomState; sessionId: string }) {
  const t = useTranslations('room');
  const reason = useReason();
  const { client, sessionId } = props;
  const { connection, ended, room } = props.state;

  // Any request of the API opens the shell's dialog to sign in again; when it comes through, the room is joined anew.
  const signInAgain = useCallback(async () => {
    await api('GET', `/api/sessions/${sessionId}`)
      .then(() => client?.reconnect())
      .catch(() => undefined);
  }, [client, sessionId]);
  const expired = ended === 'session_expired';
  useEffect(() => {
    if (expired) void signInAgain();
  }, [expired, signInAgain]);

  if (ended)
    return (
      <Bar alert>
        <span>{reason(ended)}</span>
        {expired && <Button onClick={() => void signInAgain()}>{t('signInAgain')}</Button>}
        {ended === 'live_protocol_version' && (
          <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
        )}
        {!expired && (
          <Link href={`/sessions/${sessionId}`} className={buttonClass()}>
            {t('leave')}
          </Link>
        )}
      </Bar>
    );
  if (connection === 'offline')
    return (
      <Bar alert>
        <span>{t('offline')}</span>
        <Button onClick={() => client?.reconnect()}>{t('tryNow')}</Button>
      </Bar>
    );
  // The first connection takes a moment and has lost nothing yet.
  if (connection === 'reconnecting' && room) return <Bar>{t('reconnecting')}</Bar>;
  return null;
}

function Bar(props: { alert?: boolean; children: React.ReactNode }) {
  return (
    <div
      role={props.alert ? 'alert' : 'status'}
      className="flex flex-wrap items-center gap-3 border-b border-amber-400/40 bg-amber-950 px-3 py-1.5 text-amber-100"
    >
      {props.children}
    </div>
  );
}
