import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ViewerPage } from '@/components/viewer/viewer-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { isAppError } from '@/lib/errors.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('viewer'))('title') };
}

/** The images of a case, read alone. */
export default async function CaseViewPage({ params }: { params: Promise<{ caseId: string }> }) {
  const { caseId } = await params;
  const actor = await requireActor(`/cases/${caseId}/view`);
  const found = await readCase(actor, caseId).catch((error) => {
    if (isAppError(error)) notFound();
    throw error;
  });
  const { familyName, givenName } = found.patient;
  return (
    <ViewerPage
      root={`/dicomweb/cases/${caseId}`}
      title={`${familyName} ${givenName}`}
      about={found.reason}
      back={`/cases/${caseId}`}
    />
  );
}
