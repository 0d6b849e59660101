import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { BookmarkPage } from '@/components/key-views/bookmark-page.tsx';
import { CaseViewPage } from '@/components/key-views/case-view-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { isAppError } from '@/lib/errors.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('viewer'))('title') };
}

/** The images of a case, read alone. */
export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ caseId: string }>;
  searchParams: Promise<{ window?: string; bookmark?: string }>;
}) {
  const { caseId } = await params;
  const asked = await searchParams;
  const joined = z.uuid().safeParse(asked.window);
  const bookmark = z.uuid().safeParse(asked.bookmark);
  const actor = await requireActor(`/cases/${caseId}/view`);
  const found = await readCase(actor, caseId).catch((error) => {
    if (isAppError(error)) notFound();
    throw error;
  });
  const { familyName, givenName } = found.patient;
  if (bookmark.success)
    return <BookmarkPage caseId={caseId} bookmarkId={bookmark.data} title={`${familyName} ${givenName}`} />;
  return (
    <CaseViewPage
      caseId={caseId}
      title={`${familyName} ${givenName}`}
      about={found.reason}
      joined={joined.data ?? null}
    />
  );
}
