'use client';

import { useMemo } from 'react';
import { ViewerPage } from '@/components/viewer/viewer-page.tsx';
import { useKeptView } from './use-kept-view.ts';
import { useKeyViews } from './use-key-views.ts';

/** The images of a case, read alone: as they were left, with the case's key views. How a second window is left is not kept. */
export function CaseViewPage(props: {
  caseId: string;
  title: string;
  about: string;
  /** The name of the window that opened this one as its second. */
  joined: string | null;
}) {
  const { caseId, title, about, joined } = props;
  const { initial, keep } = useKeptView(caseId);
  const keyViews = useKeyViews(caseId);
  const secondWindow = useMemo(
    () => ({ joined, url: (name: string) => `/cases/${caseId}/view?window=${name}` }),
    [caseId, joined],
  );
  return (
    <ViewerPage
      root={`/dicomweb/cases/${caseId}`}
      title={title}
      about={about}
      back={`/cases/${caseId}`}
      viewer={
        initial === undefined
          ? null
          : { initialView: initial, keyViews, secondWindow, onMove: joined ? undefined : keep }
      }
    />
  );
}
