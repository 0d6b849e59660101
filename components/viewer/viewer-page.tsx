'use client';

import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Suspense, useCallback, useState } from 'react';
import type { ViewerProps } from './contract.ts';
import { FirstLookPage } from './first-look/first-look-page.tsx';
import { toolsMayStart } from './first-look/tools-gate.ts';
import { useFirstLook } from './first-look/use-first-look.ts';
import { ViewerWaits } from './viewer-waits.tsx';

/** Named on the server too, where it is nothing (next.config.js): so the page asks for its files at once. */
const ViewerApp = dynamic<ViewerProps>(async () => {
  const [{ startViewer }] = await Promise.all([import('./viewer-start.ts'), toolsMayStart()]);
  return startViewer();
});

/** The viewer by itself, with a way back. */
export function ViewerPage(props: {
  root: string;
  studyUid?: string;
  series?: ViewerProps['series'];
  title: string;
  about: string;
  back: string;
  /** What else the viewer gets; null while that is not known yet. */
  viewer?: Pick<ViewerProps, 'initialView' | 'keyViews' | 'secondWindow' | 'onMove' | 'annotating'> | null;
}) {
  const t = useTranslations('viewer');
  const { root, studyUid, series, viewer } = props;
  const isNew = viewer === null ? null : !viewer?.initialView;
  const look = useFirstLook({ root, studyUid, series }, isNew);
  const [taken, setTaken] = useState(false);
  const take = useCallback(() => setTaken(true), []);
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
      <main className="group relative min-h-0 flex-1">
        {!look && <ViewerWaits className="group-has-[[data-viewer]]:hidden" />}
        {look && !taken && <FirstLookPage look={look} />}
        <Suspense>
          {viewer !== null && (
            <ViewerApp
              root={root}
              studyUid={studyUid}
              series={series}
              firstLook={look}
              onFirstLook={take}
              {...viewer}
            />
          )}
        </Suspense>
      </main>
    </div>
  );
}
