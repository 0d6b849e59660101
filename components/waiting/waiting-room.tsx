'use client';

import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ClockTime, LongDate, ZoneName } from '@/components/boards/session-time.tsx';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button, buttonClass } from '@/components/ui/button.tsx';
import { WaitingClient, type WaitingState } from '@/lib/live/waiting/client.ts';
import type { WaitingRoomView } from '@/lib/live/waiting/schema.ts';

const connecting: WaitingState = { doing: 'connecting', mayAsk: false, code: null };
const nothing = () => () => undefined;

/** Before a room's door: which meeting it is, and that one waits to be let in. Once in, the page becomes the room. */
export function WaitingRoom({ session }: { session: WaitingRoomView }) {
  const t = useTranslations('waiting');
  const router = useRouter();
  const [client, setClient] = useState<WaitingClient | null>(null);
  useEffect(() => {
    const standing = new WaitingClient({ sessionId: session.id });
    setClient(standing);
    return () => {
      setClient(null);
      standing.close();
    };
  }, [session.id]);
  const state = useSyncExternalStore(
    client?.subscribe ?? nothing,
    () => client?.state ?? connecting,
    () => connecting,
  );
  useEffect(() => {
    if (state.doing === 'admitted') router.refresh();
  }, [state.doing, router]);
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)] overflow-y-auto" data-door={state.doing}>
      <div className="flex justify-end p-2">
        <LanguageSwitch signedIn />
      </div>
      <main className="mx-auto w-full max-w-lg space-y-4 self-center p-4 pb-16">
        <p className="flex items-center gap-2 text-neutral-400">
          <DoorOpen aria-hidden="true" className="size-5 shrink-0" />
          {t('title')}
        </p>
        <h1 className="text-2xl font-semibold wrap-break-word">{session.boardTitle}</h1>
        <p className="flex flex-wrap items-baseline gap-x-2 text-base text-neutral-200">
          <LongDate {...session} />
          <ClockTime {...session} />
          <ZoneName {...session} />
          <span className="text-neutral-400">{`${t('minutes', { count: session.durationMinutes })} · ${session.centreCode}`}</span>
        </p>
        <Standing state={state} chairName={session.chairName} onAsk={() => client?.ask()} />
        <p className="text-neutral-400">{t('explain')}</p>
        <Link href="/" className={buttonClass()}>
          {t('leave')}
        </Link>
      </main>
    </div>
  );
}

function Standing(props: { state: WaitingState; chairName: string; onAsk: () => void }) {
  const t = useTranslations('waiting');
  const reason = useReason();
  const { doing, mayAsk, code } = props.state;
  const words = doing === 'ended' && code ? reason(code) : t(`state.${doing}`, { name: props.chairName });
  return (
    <div className="rounded-md border border-neutral-700 bg-neutral-900 p-3">
      <p role="status" className="text-base">
        {words}
        {doing === 'declined' && ` ${t(mayAsk ? 'nowAgain' : 'laterAgain')}`}
      </p>
      {doing === 'declined' && mayAsk && (
        <Button look="primary" className="mt-2" onClick={props.onAsk}>
          {t('again')}
        </Button>
      )}
      {doing === 'ended' && (
        <Button className="mt-2" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      )}
    </div>
  );
}
