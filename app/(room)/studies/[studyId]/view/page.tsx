import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { preload } from 'react-dom';
import { comesLater, headersAddress } from '@/components/viewer/data/addresses.ts';
import { ViewerPage } from '@/components/viewer/viewer-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { isAppError } from '@/lib/errors.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';

/** Further series wait for a connection anyway. */
const PRELOADED = 4;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('viewer'))('title') };
}

/** The images of one study, read alone. */
export default async function StudyViewPage({ params }: { params: Promise<{ studyId: string }> }) {
  const { studyId } = await params;
  const actor = await requireActor(`/studies/${studyId}/view`);
  const study = await readStudy(actor, studyId).catch((error) => {
    if (isAppError(error)) notFound();
    throw error;
  });
  const root = '/dicomweb';
  const series = study.series.map(({ seriesInstanceUid, modality, instanceCount }) => ({
    studyUid: study.studyInstanceUid,
    seriesUid: seriesInstanceUid,
    modality,
    instances: instanceCount,
  }));
  // The browser asks for the images' headers as soon as it has read this page, beside the viewer's own files.
  for (const one of series.filter((each) => !comesLater(each)).slice(0, PRELOADED))
    preload(headersAddress(root, one), { as: 'fetch', crossOrigin: 'anonymous' });
  return (
    <ViewerPage
      root={root}
      series={series}
      studyUid={study.studyInstanceUid}
      title={study.patientName}
      about={study.description}
      back={`/studies/${studyId}`}
    />
  );
}
