'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { Participant } from '@/lib/live/protocol.ts';
import { isObserver, mayAnnotate, type RoomModel } from '@/lib/live/reducer.ts';
import type { Decide } from './use-command.ts';

type Props = { room: RoomModel; busy: boolean; decide: Decide };

/** Lets one person draw for everybody while this case is open, or no more. */
export function AllowAnnotating({ person, room, busy, decide }: Props & { person: Participant }) {
  const t = useTranslations('room.annotation');
  const { personId, displayName: name } = person;
  if (room.annotations.everyone || isObserver(room, personId)) return null;
  const may = mayAnnotate(room, personId);
  return (
    <Button
      look="dark"
      className="px-2 text-xs"
      disabled={busy}
      aria-label={t(may ? 'stopName' : 'mayName', { name })}
      title={t('allowHint')}
      onClick={() => decide({ type: may ? 'annotation.stop' : 'annotation.allow', personId })}
    >
      {t(may ? 'stop' : 'may')}
    </Button>
  );
}

/** Lets everybody draw for everybody while this case is open, or nobody any more. */
export function AllAnnotate({ room, busy, decide }: Props) {
  const t = useTranslations('room.annotation');
  const { everyone } = room.annotations;
  return (
    <Button
      look="quiet"
      className="mb-1 px-2 text-xs"
      disabled={busy}
      title={t('allowHint')}
      onClick={() => decide({ type: everyone ? 'annotation.stop' : 'annotation.allow', personId: null })}
    >
      {t(everyone ? 'stopAll' : 'allowAll')}
    </Button>
  );
}
