import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReplayPage } from '@/components/replay/replay-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';

type Props = { params: Promise<{ sessionId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('replay'))('title') };
}

/** What was looked at and decided in a live session, seen again. */
export default async function Page({ params }: Props) {
  const { sessionId } = await pageIds(params);
  const actor = await requireActor(`/sessions/${sessionId}/replay`);
  const session = await orNotFound(readSession(actor, sessionId));
  return <ReplayPage sessionId={sessionId} title={session.boardTitle} />;
}
