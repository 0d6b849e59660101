import { MonitorUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Decide } from '@/components/live/use-command.ts';
import { Button } from '@/components/ui/button.tsx';
import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { mayShow } from './may-show.ts';

/** More would push the case out of sight; the list of people has everybody. */
const NAMED = 3;

/** Whoever presents by this page alone shows nothing, and nobody else would know: who may take it on, one press each. */
export function PresentsHere(props: { state: RoomState; busy: boolean; decide: Decide }) {
  const t = useTranslations('phone.presents');
  const give = useTranslations('room');
  const { room, me, standings } = props.state;
  if (!room || !me || presenterOf(room) !== me) return null;
  const others = mayShow(room, me, standings);
  // Those who asked are answered where they ask, just below.
  const unasked = others.filter(({ personId }) => !room.requests.includes(personId));
  return (
    <section
      aria-label={t('title')}
      data-presents-here
      className="space-y-2 rounded-md border border-amber-400/60 bg-amber-950 p-3 text-amber-100"
    >
      <p role="status">{t(others.length > 0 ? 'hint' : 'nobody')}</p>
      {unasked.slice(0, NAMED).map(({ personId, displayName: name }) => (
        <Button
          key={personId}
          look="dark"
          className="w-full justify-start text-left"
          disabled={props.busy}
          onClick={() => props.decide({ type: 'control.give', to: personId })}
        >
          <MonitorUp aria-hidden="true" className="size-4 shrink-0" />
          {give('giveTo', { name })}
        </Button>
      ))}
      {unasked.length > NAMED && <p className="text-sm">{t('others')}</p>}
    </section>
  );
}
