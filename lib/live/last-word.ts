import type { Snapshot } from './protocol.ts';
import { presenterOf, type RoomModel } from './reducer.ts';
import type { ViewMessage } from './view-sender.ts';

/**
 * True when this tab had the last word in the room and the server has an older one, or none.
 * @param before the room as the tab knew it
 * @param mine what the tab showed or sent last
 * @param confirmed what of that had got its number last
 */
export function hasLost(
  before: RoomModel | null,
  mine: ViewMessage | null,
  confirmed: ViewMessage | null,
  { me, view: served }: Pick<Snapshot, 'me' | 'view'>,
): boolean {
  if (!before || !mine || presenterOf(before) !== me) return false;
  if (served === null || served.seq <= (before.view?.seq ?? 0)) return true;
  // The server has a newer one of this person: this tab's last but one, when the last one was never confirmed.
  return served.by === me && mine !== confirmed;
}
