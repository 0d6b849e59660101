import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button.tsx';

/** Into the live room. Always named "Join": which session it is stands in the element that `describedBy` names. */
export function JoinLink({ sessionId, describedBy }: { sessionId: string; describedBy?: string }) {
  const t = useTranslations('session');
  return (
    <Link
      href={`/sessions/${sessionId}/room`}
      prefetch={false}
      aria-describedby={describedBy}
      className={buttonClass('primary', 'px-5')}
    >
      {t('join')}
    </Link>
  );
}

/** Into the same room without images, for whoever has no workstation at hand. */
export function PhoneLink({ sessionId }: { sessionId: string }) {
  const t = useTranslations('phone');
  return (
    <Link href={`/sessions/${sessionId}/phone`} prefetch={false} title={t('hint')} className={buttonClass()}>
      {t('link')}
    </Link>
  );
}

/** To what was looked at and decided in the live room, once there was a case. */
export function ReplayLink({ sessionId }: { sessionId: string }) {
  const t = useTranslations('replay');
  return (
    <Link href={`/sessions/${sessionId}/replay`} prefetch={false} className={buttonClass()}>
      {t('link')}
    </Link>
  );
}
