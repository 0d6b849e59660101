import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/page.tsx';
import { judgeQuorum, QUORUM_SPECIALTIES } from '@/lib/boards/rules.ts';

/** Whether those invited would make the quorum; what is missing when not. Who really came is judged in the room. */
export function QuorumHint(props: { specialties: (string | null)[]; required: string[] }) {
  const t = useTranslations('session.quorum');
  const specialty = useTranslations('specialty');
  const quorum = judgeQuorum(props.specialties, props.required);
  if (quorum.met) return <Notice tone="good">{t('met', { count: quorum.different })}</Notice>;
  return (
    <Notice tone="warn">
      {quorum.missing.length > 0
        ? t('missing', { list: quorum.missing.map((one) => specialty(one)).join(', ') })
        : t('few', { count: quorum.different, needed: QUORUM_SPECIALTIES })}
    </Notice>
  );
}
