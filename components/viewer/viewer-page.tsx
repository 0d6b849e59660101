'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ViewerProps } from './contract.ts';
import { ViewerApp } from './viewer-app.tsx';

/** The viewer by itself, with a way back. */
export function ViewerPage(props: {
  root: string;
  studyUid?: string;
  series?: ViewerProps['series'];
  title: string;
  about: string;
  back: string;
  /** What else the viewer gets; null while that is not known yet. */
  viewer?: Pick<ViewerProps, 'initialView' | 'keyViews' | 'secondWindow' | 'onMove'> | null;
}) {
  const t = useTranslations('viewer');
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-center gap-3 border-b border-neutral-800 px-3 py-1.5">
        <Link
          href={props.back}
          // The images have the line to themselves.
          prefetch={false}
          aria-label={t('back')}
          className="inline-flex size-8 items-center justify-center rounded-md hover:bg-neutral-800"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className="truncate text-base font-semibold">{props.title}</h1>
        <p className="min-w-0 flex-1 truncate text-neutral-300">{props.about}</p>
      </header>
      <main className="min-h-0 flex-1">
        {props.viewer !== null && (
          <ViewerApp root={props.root} studyUid={props.studyUid} series={props.series} {...props.viewer} />
        )}
      </main>
    </div>
  );
}
