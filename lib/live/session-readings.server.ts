import { loadSession, type SessionNow } from './room-store.server.ts';
import { SharedReadings } from './shared-readings.ts';

const sessions = new SharedReadings(loadSession);

/** A session's facts by a reading that began after they were asked for, shared by all who ask. Throws `not_found`. */
export const sharedSession = (sessionId: string): Promise<SessionNow> => sessions.ask(sessionId);
