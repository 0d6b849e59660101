'use client';

import { Download, Pencil, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { KeyViewSummary } from '@/lib/key-views/schema.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';

type Props = {
  stage: Stage;
  keyViews: KeyViews;
  item: KeyViewSummary;
  /** It is what is shown now. */
  shown: boolean;
  onRename: () => void;
  onExport: () => void;
};

/** One key view: its title opens it again; who saved it when; what else may be done with it. */
export function KeyViewRow({ stage, keyViews, item, shown, onRename, onExport }: Props) {
  const t = useTranslations('viewer.keyViews');
  const format = useFormatter();
  const { title, note } = item;
  const open = async () => {
    const view = await keyViews.open(item);
    if (view) stage.present(view, item.id);
  };
  return (
    <li
      aria-current={shown || undefined}
      className="rounded px-1.5 py-0.5 hover:bg-neutral-900 aria-[current]:bg-teal-950"
    >
      <button
        type="button"
        onClick={() => void open()}
        title={note || undefined}
        aria-label={t('open', { title })}
        className="block min-h-6 w-full cursor-pointer text-left font-medium break-words text-neutral-100 hover:underline"
      >
        {title}
      </button>
      <div className="flex items-center gap-0.5">
        <span className="min-w-0 flex-1 truncate text-xs text-neutral-400">
          {`${item.authorName}, ${format.dateTime(new Date(item.createdAt), { dateStyle: 'short', timeStyle: 'short' })}`}
        </span>
        <Act label={t('export', { title })} onClick={onExport}>
          <Download size={14} aria-hidden />
        </Act>
        {item.may.change && (
          <>
            <Act label={t('rename', { title })} onClick={onRename}>
              <Pencil size={14} aria-hidden />
            </Act>
            <Act label={t('delete', { title })} onClick={() => void keyViews.remove(item)}>
              <Trash2 size={14} aria-hidden />
            </Act>
          </>
        )}
      </div>
    </li>
  );
}

const Act = (props: { label: string; onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-label={props.label}
    title={props.label}
    onClick={props.onClick}
    className="grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white"
  >
    {props.children}
  </button>
);
