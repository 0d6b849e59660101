import type { Metadata } from 'next';
import { cache } from 'react';
import { PhoneRoom } from '@/components/phone/phone-room.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';

type Props = { params: Promise<{ sessionId: string }> };

const load = cache(async (params: Props['params']) => {
  const { sessionId } = await pageIds(params);
  return orNotFound(readSession(await requireActor(`/sessions/${sessionId}/phone`), sessionId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).boardTitle };
}

export default async function PhonePage({ params }: Props) {
  return <PhoneRoom initial={await load(params)} />;
}
