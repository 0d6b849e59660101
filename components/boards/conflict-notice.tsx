import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import type { Conflict } from './use-editor.ts';

/** Somebody else has saved meanwhile: what was taken over, and field by field what to choose. */
export function ConflictNotice<T extends Record<string, unknown>>(props: {
  conflict: Conflict<T>;
  label: (key: keyof T & string) => string;
  show: (key: keyof T & string, saved: T) => string;
  onTake: (key: keyof T & string) => void;
}) {
  const t = useTranslations('boards.conflict');
  const errors = useTranslations('errors');
  const { contested, taken, saved } = props.conflict;
  return (
    <Notice tone="warn">
      <p className="font-medium">{errors('version_conflict')}</p>
      {taken.length > 0 && (
        <p className="mt-1">{t('taken', { fields: taken.map(props.label).join(', ') })}</p>
      )}
      {contested.length > 0 && (
        <ul className="mt-2 space-y-2">
          {contested.map((key) => (
            <li key={key} className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 break-words">
                {t('savedNow', { field: props.label(key) })} <q>{props.show(key, saved)}</q>
              </span>
              <Button
                onClick={() => props.onTake(key)}
                aria-label={t('takeField', { field: props.label(key) })}
              >
                {t('take')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-2">{t('saveAgain')}</p>
    </Notice>
  );
}
