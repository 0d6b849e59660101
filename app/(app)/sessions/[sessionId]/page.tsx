import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { Agenda } from '@/components/boards/agenda.tsx';
import { Participants } from '@/components/boards/participants.tsx';
import { SessionHeader } from '@/components/boards/session-header.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';
import { readRoomOrDoor } from '@/lib/live/waiting/room-or-door.server.ts';

type Props = { params: Promise<{ sessionId: string }> };

// Once per request: reading a session is audited, and the title must not count as a second time.
const load = cache(async (params: Props['params']) => {
  const { sessionId } = await pageIds(params);
  const { room } = await orNotFound(readRoomOrDoor(await requireActor(`/sessions/${sessionId}`), sessionId));
  // Whoever is not invited may stand before the room's door, and sees no agenda.
  return room ?? redirect(`/sessions/${sessionId}/room`);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).boardTitle };
}

export default async function SessionPage({ params }: Props) {
  const session = await load(params);
  return (
    <>
      <SessionHeader session={session} now={Date.now()} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Agenda session={session} />
        <Participants session={session} />
      </div>
    </>
  );
}
