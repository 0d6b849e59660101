import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { SessionSummary } from '@/lib/boards/schema.ts';

const MINUTE_MS = 60_000;

/** What a session is at now: cancelled, running by the clock, or how far its record is. */
export function SessionState({ session, now }: { session: SessionSummary; now: number }) {
  const t = useTranslations('session');
  if (session.cancelled) return <Badge tone="bad">{t('cancelled')}</Badge>;
  const begin = Date.parse(session.startsAt);
  const running = now >= begin && now < begin + session.durationMinutes * MINUTE_MS;
  if (session.state === 'planned' && running) return <Badge tone="good">{t('now')}</Badge>;
  return <Badge>{t(`state.${session.state}`)}</Badge>;
}
