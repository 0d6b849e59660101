import { ArrowLeft, Monitor } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ConnectionBadge } from '@/components/live/connection-badge.tsx';
import { HandButton } from '@/components/live/hands.tsx';
import { MeetingLink } from '@/components/live/meeting-link.tsx';
import { Recording } from '@/components/live/recording.tsx';
import type { Decide } from '@/components/live/use-command.ts';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

const link = 'inline-flex items-center gap-1.5 rounded-md px-2 text-neutral-200 hover:bg-neutral-800';

/** Always in reach: which board, whether the connection holds and it is recorded, my hand, and the way to the full room. */
export function PhoneHeader(props: {
  session: SessionView;
  state: RoomState;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('phone');
  const room = useTranslations('room');
  const { session, state } = props;
  return (
    <header className="sticky top-0 z-10 border-b border-neutral-800 bg-neutral-950 px-2 py-1.5">
      <div className="mx-auto max-w-xl">
        <div className="flex items-center gap-1">
          <Link href={`/sessions/${session.id}`} className={link}>
            <ArrowLeft aria-hidden="true" className="size-4" />
            <span className="sr-only">{room('leave')}</span>
          </Link>
          <h1 className="min-w-0 flex-1 truncate text-sm font-medium">{session.boardTitle}</h1>
          <ConnectionBadge state={state} />
        </div>
        {/* What opens below the state of the record begins at the page's edge: there is no room to its left. */}
        <div className="flex flex-wrap items-center gap-2 [&_button>span]:not-sr-only [&_form]:right-auto [&_form]:left-0 [&_form]:max-w-[calc(100vw-1rem)]">
          <Recording state={state} decide={props.decide} busy={props.busy} />
          <HandButton state={state} decide={props.decide} busy={props.busy} />
          <Link href={`/sessions/${session.id}/room`} prefetch={false} className={link}>
            <Monitor aria-hidden="true" className="size-4" />
            {t('fullRoom')}
          </Link>
          <MeetingLink url={session.meetingUrl} />
          <LanguageSwitch signedIn />
        </div>
      </div>
    </header>
  );
}
