import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ViewerPage } from '@/components/viewer/viewer-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { isAppError } from '@/lib/errors.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';

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
  return (
    <ViewerPage
      root="/dicomweb"
      studyUid={study.studyInstanceUid}
      title={study.patientName}
      about={study.description}
      back={`/studies/${studyId}`}
    />
  );
}
