import type { Participant, Standing } from '@/lib/live/protocol.ts';
import { isObserver, type RoomModel } from '@/lib/live/reducer.ts';

/** Who else is there, may be given control, and has not said that they see no images. */
export function mayShow(
  room: RoomModel,
  me: string,
  standings: ReadonlyMap<string, Pick<Standing, 'missing'>>,
): Participant[] {
  return room.participants.filter(
    ({ personId }) =>
      personId !== me &&
      !isObserver(room, personId) &&
      !standings.get(personId)?.missing.includes('no_images'),
  );
}
