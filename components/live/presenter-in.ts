import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** The one who leads, as others call them; no name and a grey when they are not in the room now. */
export function presenterIn({ room, me }: RoomState): { isMe: boolean; name: string | null; colour: string } {
  const id = room && presenterOf(room);
  const there = room?.participants.find((one) => one.personId === id);
  return {
    isMe: id !== null && id === me,
    name: there?.displayName ?? null,
    colour: there?.colour ?? '#737373',
  };
}
