import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { Connection } from '@/lib/live/connection.server.ts';
import type { Line } from '@/lib/live/line.server.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';

/** Somebody who is signed in, for rooms in memory that ask no database. */
export const actorOf = (personId: string): AuthenticatedActor => ({
  personId,
  displayName: 'Ann',
  memberships: [],
  locale: 'en',
  door: 'live',
});

export const participantOf = (personId: string) => {
  const shown = { personId, displayName: 'Ann', centreCode: 'IGR', specialty: null, colour: '#fff' };
  return { ...shown, role: 'clinician' as const };
};

/** A connection, and all that it is told. */
export function tabOf(sessionId: string, personId: string, protocol = PROTOCOL_VERSION) {
  const told: [string, unknown][] = [];
  const line: Line = {
    open: true,
    emit: (message, ...content) => void told.push([message, content[0]]),
    tell: ({ message, content }) => void told.push([message, content]),
    pass: ({ message, content }) => told.push([message, content]) > 0,
    hangUp: () => void told.push(['hung up', null]),
    onceReady: (resume) => resume(),
  };
  const credentials = { cookie: null, authorization: null };
  const admission = { actor: actorOf(personId), credentials, sessionId, lastSeq: 0, protocol };
  const messages = () => told.map(([message]) => message);
  return { told, messages, connection: new Connection(line, admission, participantOf(personId)) };
}
