import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import { type AuthenticatedActor, actorFromHeaders, type Credentials } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { AppError, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { helloSchema, PROTOCOL_VERSION } from './protocol.ts';
import type { SessionNow } from './room-store.server.ts';

export type Admission = {
  actor: AuthenticatedActor;
  credentials: Credentials;
  sessionId: string;
  lastSeq: number;
};

/**
 * A browser sends its cookies wherever a page tells it to connect: only pages of this server may. Tools without an
 * Origin, and those that carry a token instead of a cookie, are no browser's page.
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host, authorization } = request.headers;
  if (!origin || authorization) return true;
  const forwarded = request.headers['x-forwarded-host'];
  const own = [
    host,
    ...(Array.isArray(forwarded) ? forwarded : [forwarded]),
    hostOf(process.env.NEXTAUTH_URL),
  ];
  return own.includes(hostOf(origin));
}

function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host : undefined;
}

/** Who knocks, and at which room, once per connection. Throws the AppError to refuse with. */
export async function admit(socket: Socket): Promise<Admission> {
  const hello = helloSchema.safeParse(socket.handshake.auth);
  if (!hello.success) throw new AppError('live_malformed');
  if (hello.data.protocol !== PROTOCOL_VERSION) throw new AppError('live_protocol_version');
  const token = (socket.handshake.auth as { token?: unknown }).token;
  const credentials: Credentials = {
    cookie: socket.handshake.headers.cookie ?? null,
    authorization:
      typeof token === 'string' ? `Bearer ${token}` : (socket.handshake.headers.authorization ?? null),
  };
  const actor = await actorFromHeaders(credentials, 'live');
  if (!actor) throw new AppError('unauthenticated');
  return { actor, credentials, sessionId: hello.data.sessionId, lastSeq: hello.data.lastSeq };
}

/** Throws unless this person may be in this session's room now. */
export function mustBeEntitled(actor: AuthenticatedActor, session: SessionNow): void {
  authorise(actor, 'session.join', session.facts);
  if (session.cancelled) throw new AppError('live_session_cancelled');
}

/** The code that a client may see; anything unforeseen goes to the log. */
export function codeOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  log.error({ err: error }, 'live room');
  return 'unavailable';
}
