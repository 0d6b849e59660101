import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { Actor, SessionFacts } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { type Attending, markAttendance } from './attendance.server.ts';
import { commitEvent } from './commit-event.server.ts';
import { type Admission, mustStillBeEntitled } from './handshake.server.ts';
import type { CaseImages } from './images-named.ts';
import type { Intent } from './intent.ts';
import type { Lease } from './processes/lease-keeper.server.ts';
import type { RoomEvent, SharedView } from './protocol.ts';
import { type KeptBlock, saveRecordBlock } from './record/store.server.ts';
import {
  loadEvents,
  loadImages,
  loadRoom,
  loadSession,
  reserveSequence,
  type SessionNow,
  type StoredEvent,
  type StoredRoom,
  saveView,
} from './room-store.server.ts';

/** All that a room asks of the world outside of this process: what is stored, and who somebody is. */
export type RoomOutside = {
  loadSession: (sessionId: string) => Promise<SessionNow>;
  loadRoom: (sessionId: string, session: SessionNow) => Promise<StoredRoom>;
  loadEvents: (sessionId: string, after: number) => Promise<StoredEvent[]>;
  /** What is shown of an agenda item's case. */
  loadImages: (itemId: string) => Promise<CaseImages>;
  commitEvent: (actor: Actor, sessionId: string, facts: SessionFacts, intent: Intent) => Promise<RoomEvent>;
  reserveSequence: (sessionId: string, upTo: number) => Promise<void>;
  saveView: (sessionId: string, view: SharedView) => Promise<void>;
  saveRecordBlock: (sessionId: string, block: KeptBlock) => Promise<void>;
  stillEntitled: (admission: Admission, session: SessionNow) => Promise<AuthenticatedActor>;
  writeCrossing: (
    actor: Attending,
    action: 'room.join' | 'room.leave',
    sessionId: string,
    centreId: string,
  ) => Promise<void>;
  markAttendance: (itemId: string, centreId: string, present: readonly Attending[]) => Promise<void>;
  /** False while another process may be the room's authority. */
  held: () => boolean;
};

export const databaseOutside: RoomOutside = {
  loadSession,
  loadRoom,
  loadEvents,
  loadImages,
  commitEvent,
  reserveSequence,
  saveView,
  saveRecordBlock,
  stillEntitled: mustStillBeEntitled,
  writeCrossing: (actor, action, sessionId, centreId) =>
    withAudit(actor, async (_tx, audit) => {
      audit({ action, resourceType: 'session', resourceId: sessionId, centreId });
    }),
  markAttendance,
  held: () => true,
};

/** Where several processes run: what only the room's authority may do is refused to one that is it no more. */
export const fencedOutside = (lease: Lease): RoomOutside => ({
  ...databaseOutside,
  commitEvent: (actor, sessionId, facts, intent) => commitEvent(actor, sessionId, facts, intent, lease),
  reserveSequence: (sessionId, upTo) => reserveSequence(sessionId, upTo, lease),
  saveView: (sessionId, view) => saveView(sessionId, view, lease),
  // Its successor keeps the record on; what was looked at after that is nobody's.
  saveRecordBlock: async (sessionId, block) => {
    if (!lease.lost) await saveRecordBlock(sessionId, block);
  },
  held: () => lease.held,
});
