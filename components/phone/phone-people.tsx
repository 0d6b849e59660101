import { Hand } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { People } from '@/components/live/people.tsx';
import type { Decide } from '@/components/live/use-command.ts';
import type { SessionView } from '@/lib/boards/schema.ts';
import { handsHere } from '@/lib/live/hands.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** Who is there, folded up to one line that says how many and whose hands are up. */
export function PhonePeople(props: {
  session: SessionView;
  state: RoomState;
  leads: boolean;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('room');
  const { room } = props.state;
  const raised = room ? handsHere(room) : [];
  const names = raised.map(
    (personId) => room?.participants.find((one) => one.personId === personId)?.displayName ?? '',
  );
  return (
    <details className="rounded-md border border-neutral-800 px-3 py-1">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 font-semibold">
        <span>{t('people', { count: room?.participants.length ?? 0 })}</span>
        {names.length > 0 && (
          <span className="inline-flex items-center gap-1 text-sm font-normal text-amber-300" data-hands>
            <Hand aria-hidden="true" className="size-4" />
            {names.join(', ')}
          </span>
        )}
      </summary>
      <div className="pb-2">
        <People {...props} />
      </div>
    </details>
  );
}
