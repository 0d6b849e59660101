'use client';

import { Bookmark, BookmarkPlus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';
import type { BookmarkView, DecisionField } from '@/lib/decisions/schema.ts';

/** Puts what the room shows now beside a line; null where no room is, or it shows nothing. */
export const AddBookmark = createContext<((field: DecisionField) => void) | null>(null);

const style =
  'inline-flex min-h-7 min-w-7 cursor-pointer items-center justify-center gap-1 rounded px-1 text-xs text-teal-800 dark:text-teal-300';

/** What was shown when a line was written: each opens the images as they were. */
export function Bookmarks(props: {
  caseId: string;
  field: DecisionField;
  label: string;
  bookmarks: readonly BookmarkView[];
}) {
  const t = useTranslations('bookmark');
  const format = useFormatter();
  const mine = props.bookmarks.filter(({ field }) => field === props.field);
  if (mine.length === 0) return null;
  return (
    <span className="flex flex-wrap items-center gap-1" data-bookmarks={props.field}>
      {mine.map((one) => {
        const time = format.dateTime(new Date(one.at), { timeStyle: 'short', hourCycle: 'h23' });
        return (
          <a
            key={one.id}
            href={`/cases/${props.caseId}/view?bookmark=${one.id}`}
            target="_blank"
            rel="noreferrer"
            aria-label={t('open', { line: props.label, time })}
            title={t('shownBy', { name: one.byName })}
            className={`${style} hover:underline`}
          >
            <Bookmark aria-hidden="true" className="size-3.5" />
            {time}
          </a>
        );
      })}
    </span>
  );
}

/**
 * Adds one to the line that is being written. It is seen only while the line is pointed at or has the focus (the line
 * is a `group`), in the corner beside the label; a keyboard comes to it after the line itself.
 */
export function AddBookmarkButton({ field, label }: { field: DecisionField; label: string }) {
  const t = useTranslations('bookmark');
  const add = useContext(AddBookmark);
  if (!add) return null;
  return (
    <button
      type="button"
      aria-label={t('add', { line: label })}
      title={t('add', { line: label })}
      onClick={() => add(field)}
      className={`${style} absolute -top-1 right-0 bg-white opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-slate-100 dark:bg-neutral-950 dark:hover:bg-neutral-800`}
    >
      <BookmarkPlus aria-hidden="true" className="size-4" />
    </button>
  );
}
