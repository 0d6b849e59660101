import type { Command } from './protocol.ts';
import { presenterOf, type RoomModel } from './reducer.ts';

/** What is meant for now and cannot leave within this time, in ms, does not leave any more. */
export const GIVE_UP_MS = 10_000;

/**
 * Commands that are meant for the room as it is when they are made: carried out minutes later they would pull a whole
 * board to another patient, or take control from whoever has it by then. The others say something of their own, which
 * is as true later: they may be late, and happen exactly once.
 */
const ofTheMoment: Record<Command['type'], boolean> = {
  'control.request': true,
  'control.withdraw': true,
  'control.give': true,
  'control.take': true,
  'control.return': true,
  'second.name': true,
  'second.end': true,
  'observer.mark': true,
  'observer.unmark': true,
  'waiting.admit': true,
  'waiting.decline': true,
  'annotation.allow': true,
  'annotation.stop': true,
  'annotation.put': false,
  'annotation.remove': false,
  'item.open': true,
  'hand.raise': true,
  'hand.lower': true,
  'poll.ask': true,
  'poll.vote': false,
  'poll.close': true,
  'record.set': true,
  'record.mark': false,
  'record.bookmark': false,
};

/** When a command was made, and what somebody saw of the room then. */
export class Moment {
  private readonly at = performance.now();
  private readonly clock = Date.now();
  private readonly itemId: string | null | undefined;
  private readonly presenterId: string | undefined;

  constructor(
    private readonly type: Command['type'],
    room: RoomModel | null,
  ) {
    this.itemId = room?.currentItemId;
    this.presenterId = room ? presenterOf(room) : undefined;
  }

  /** How long it may still wait to leave, in ms; null: as long as it takes. */
  get left(): number | null {
    // A computer that slept may have let its monotonic clock stand still, so the other one counts too.
    const age = Math.max(performance.now() - this.at, Date.now() - this.clock);
    return ofTheMoment[this.type] ? Math.max(0, GIVE_UP_MS - age) : null;
  }

  /** Why the command is not to be carried out in the room as it is now; null when it may be. */
  whyOver(room: RoomModel): 'network' | 'state_conflict' | null {
    if (this.left === null) return null;
    if (this.left === 0) return 'network';
    const known = this.presenterId !== undefined;
    const same = this.itemId === room.currentItemId && this.presenterId === presenterOf(room);
    return known && !same ? 'state_conflict' : null;
  }
}

/**
 * Asks what became of an intent without ever making it happen: a vote, under the intent's id, in a poll that there is
 * not. The server answers with the event's number where the intent was stored. Otherwise it refuses, and holds to that
 * answer for this id: what may still be under way does not happen either.
 */
export const enquiryAbout = ({ clientId }: Command): Command => ({
  type: 'poll.vote',
  clientId,
  pollId: clientId,
  option: 0,
});

/** What a server refuses an enquiry with by its own state. Any other answer does not tell what became of the intent. */
export const TELLS_NOT_DECIDED: ReadonlySet<string> = new Set(['state_conflict', 'live_observer']);
