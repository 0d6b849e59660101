import { Video } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** The way to the centre's own video meeting, beside the room; nothing without one, or where it is not encrypted. */
export function MeetingLink({ url }: { url: string }) {
  const t = useTranslations('session');
  if (!url.startsWith('https://')) return null;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      title={t('meetingLink')}
      className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 text-neutral-200 hover:bg-neutral-800"
    >
      <Video aria-hidden="true" className="size-4" />
      <span className="max-2xl:sr-only">{t('meetingLink')}</span>
      <span className="sr-only">{t('newWindow')}</span>
    </a>
  );
}
