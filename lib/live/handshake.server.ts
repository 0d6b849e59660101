import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { type AuthenticatedActor, actorFromHeaders, type Credentials } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { AppError, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { DRAWS, helloSchema, OLDEST_SERVED, PROTOCOL_VERSION } from './protocol.ts';
import type { SessionNow } from './room-store.server.ts';

export type Admission = {
  actor: AuthenticatedActor;
  /** What tells who they are; or the word of the process that has their login. */
  credentials: Credentials | { vouchedFor: AuthenticatedActor };
  sessionId: string;
  lastSeq: number;
  /** The version that the client speaks. */
  protocol: number;
  /** The page does not say that it draws what came into views since its version began (W9). */
  plain?: boolean;
};

/**
 * A browser sends its cookies wherever a page tells it to connect: only pages of this server may. Tools without an
 * Origin, and those that carry a token instead of a cookie, are no browser's page.
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host, authorization } = request.headers;
  if (!origin || authorization) return true;
  // A sandboxed frame has the origin `null`: nobody's.
  const asking = hostOf(origin);
  if (!asking) return false;
  const forwarded = request.headers['x-forwarded-host'];
  const own = [
    host,
    ...(Array.isArray(forwarded) ? forwarded : [forwarded]),
    hostOf(process.env.NEXTAUTH_URL),
  ];
  return own.includes(asking);
}

function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host : undefined;
}

/** What a greeting asks for. Throws the AppError to refuse with. */
export function readGreeting(auth: Record<string, unknown>): z.infer<typeof helloSchema> {
  // First: another version's greeting may have another shape.
  if (typeof auth.protocol === 'number' && !isServed(auth.protocol))
    throw new AppError('live_protocol_version');
  const hello = helloSchema.safeParse(auth);
  if (!hello.success) throw new AppError('live_malformed');
  return hello.data;
}

/** Who knocks, and at which room, once per connection. Throws the AppError to refuse with. */
export async function admit(socket: Socket): Promise<Admission> {
  const { auth, headers, query } = socket.handshake;
  const { token, sessionId, lastSeq, protocol } = readGreeting(auth);
  const credentials: Credentials = {
    cookie: headers.cookie ?? null,
    authorization: token === undefined ? (headers.authorization ?? null) : `Bearer ${token}`,
  };
  const actor = await actorFromHeaders(credentials, 'live');
  if (!actor) throw new AppError('unauthenticated');
  return { actor, credentials, sessionId, lastSeq, protocol, plain: query.draws !== DRAWS };
}

const isServed = (version: number): boolean => version >= OLDEST_SERVED && version <= PROTOCOL_VERSION;

/** Throws unless this person may be in this session's room now. */
export function mustBeEntitled(actor: AuthenticatedActor, session: SessionNow): void {
  authorise(actor, 'session.join', session.facts);
  if (session.cancelled) throw new AppError('live_session_cancelled');
}

/** The code to refuse this person with; null when they may be in. */
export function whyNotIn(actor: AuthenticatedActor, session: SessionNow): string | null {
  try {
    mustBeEntitled(actor, session);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/**
 * Reads again who somebody inside the room is, and whether they may stay. Throws one of `reasonsToLeave`: that the
 * session exists is no secret to them any more, so they are told that the invitation is gone.
 */
export async function mustStillBeEntitled(
  { credentials }: Admission,
  session: SessionNow,
): Promise<AuthenticatedActor> {
  try {
    const actor =
      'vouchedFor' in credentials ? credentials.vouchedFor : await actorFromHeaders(credentials, 'live');
    if (!actor) throw new AppError('session_expired');
    mustBeEntitled(actor, session);
    return actor;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'unauthenticated') throw new AppError('session_expired');
    if (error.code === 'not_found') throw new AppError('not_invited');
    throw error;
  }
}

/** What ends the presence of somebody who is inside. Anything else is no reason to end a meeting. */
export const reasonsToLeave: ReadonlySet<string> = new Set([
  'session_expired',
  'not_invited',
  'live_session_cancelled',
]);

/** The code that a client may see; anything unforeseen goes to the log. */
export function codeOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  log.error({ err: error }, 'live room');
  return 'unavailable';
}
