import type { Metadata } from 'next';
import { cache } from 'react';
import { PhoneRoom } from '@/components/phone/phone-room.tsx';
import { WaitingRoom } from '@/components/waiting/waiting-room.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';
import { readRoomOrDoor } from '@/lib/live/waiting/room-or-door.server.ts';

type Props = { params: Promise<{ sessionId: string }> };

const load = cache(async (params: Props['params']) => {
  const { sessionId } = await pageIds(params);
  return orNotFound(readRoomOrDoor(await requireActor(`/sessions/${sessionId}/phone`), sessionId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { room, door } = await load(params);
  return { title: (room ?? door).boardTitle };
}

export default async function PhonePage({ params }: Props) {
  const { room, door } = await load(params);
  return room ? <PhoneRoom initial={room} /> : <WaitingRoom session={door} />;
}
