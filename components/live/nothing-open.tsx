'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';

/** Before the first case: whoever leads begins, the others wait. */
export function NothingOpen(props: {
  session: SessionView;
  mayOpen: boolean;
  busy: boolean;
  onOpen: (itemId: string) => void;
}) {
  const t = useTranslations('room');
  const first = props.session.agenda[0];
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 px-6 text-center">
      <p className="text-lg font-medium">{t('nothingOpen')}</p>
      {!first && <p className="text-neutral-400">{t('emptyAgenda')}</p>}
      {first && !props.mayOpen && (
        <p className="text-neutral-400">{t('waitForChair', { name: props.session.chairName })}</p>
      )}
      {first && props.mayOpen && (
        <Button look="primary" className="px-5" disabled={props.busy} onClick={() => props.onOpen(first.id)}>
          {t('openFirst')}
        </Button>
      )}
    </div>
  );
}
