'use client';

import { Bookmark, BookmarkPlus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';
import type { BookmarkView, DecisionField } from '@/lib/decisions/schema.ts';

/** Puts what the room shows now beside a line; null where no room is, or it shows nothing. */
export const AddBookmark = createContext<((field: DecisionField) => void) | null>(null);

/** What was shown when a line was written: each opens the images as they were. While it is written, one more. */
export function Bookmarks(props: {
  caseId: string;
  field: DecisionField;
  label: string;
  bookmarks: readonly BookmarkView[];
  writing: boolean;
}) {
  const t = useTranslations('bookmark');
  const format = useFormatter();
  const add = useContext(AddBookmark);
  const mine = props.bookmarks.filter(({ field }) => field === props.field);
  if (mine.length === 0 && !(props.writing && add)) return null;
  const style =
    'inline-flex min-h-6 cursor-pointer items-center gap-1 rounded px-1 text-xs text-teal-800 hover:underline dark:text-teal-300';
  return (
    <span className="flex flex-wrap items-center gap-1" data-bookmarks={props.field}>
      {mine.map((one) => {
        const time = format.dateTime(new Date(one.at), { timeStyle: 'short' });
        return (
          <a
            key={one.id}
            href={`/cases/${props.caseId}/view?bookmark=${one.id}`}
            target="_blank"
            rel="noreferrer"
            aria-label={t('open', { line: props.label, time })}
            title={t('shownBy', { name: one.byName })}
            className={style}
          >
            <Bookmark aria-hidden="true" className="size-3.5" />
            {time}
          </a>
        );
      })}
      {props.writing && add && (
        <button
          type="button"
          aria-label={t('add', { line: props.label })}
          title={t('add', { line: props.label })}
          onClick={() => add(props.field)}
          className={style}
        >
          <BookmarkPlus aria-hidden="true" className="size-3.5" />
          {t('addShort')}
        </button>
      )}
    </span>
  );
}
