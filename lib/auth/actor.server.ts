import { createHash } from 'node:crypto';
import { getToken, type JWT } from 'next-auth/jwt';
import { BatchedReadings } from '@/lib/db/batched-readings.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { Actor, Door, Role } from './policy.ts';
import { SESSION_SECONDS } from './session-length.ts';

/** The two headers that may tell who somebody is. A payload never does. */
export type Credentials = { cookie?: string | null; authorization?: string | null };

export type AuthenticatedActor = Actor & { personId: string };

/**
 * Who is asking, for every door alike: pages, JSON, DICOMweb, sockets. A Bearer token wins over a cookie. Null when
 * nobody is signed in; throws `session_expired` when a login or a token was good once and is not any more.
 */
export async function actorFromHeaders(
  credentials: Credentials,
  door: Door,
): Promise<AuthenticatedActor | null> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(credentials.authorization ?? '')?.[1];
  if (bearer) return actorFromToken(bearer, door);
  if (!credentials.cookie) return null;
  const cookies = parseCookies(credentials.cookie);
  const jwt = await getToken({
    req: { cookies, headers: {} } as never,
    secret: process.env.NEXTAUTH_SECRET,
  }).catch(() => null);
  if (!jwt?.sub) {
    if (Object.keys(cookies).some((name) => name.includes('next-auth.session-token')))
      throw new AppError('session_expired');
    return null;
  }
  refuseOld(jwt);
  return loadActor(jwt.sub, door, typeof jwt.epoch === 'number' ? jwt.epoch : -1);
}

/** A login ends by the time since somebody signed in: its cookie's own end moves with every renewal. */
function refuseOld({ signedInAt, iat }: JWT): void {
  const since = typeof signedInAt === 'number' ? signedInAt : (iat as number | undefined);
  if (since !== undefined && since + SESSION_SECONDS < Date.now() / 1000)
    throw new AppError('session_expired');
}

/** A meeting that comes back after a cut, or a study that is sent, asks for many at once. */
const people = new BatchedReadings(async (ids: string[]) => {
  const found = await db().person.findMany({ where: { id: { in: ids } }, include: { memberships: true } });
  return new Map(found.map((person) => [person.id, person]));
});
const tokens = new BatchedReadings(async (hashes: string[]) => {
  const found = await db().apiToken.findMany({ where: { hash: { in: hashes } } });
  return new Map(found.map((token) => [token.hash, token]));
});

async function actorFromToken(token: string, door: Door): Promise<AuthenticatedActor> {
  const found = await tokens.ask(hashToken(token));
  if (!found || found.revokedAt) throw new AppError('unauthenticated');
  if (found.expiresAt && found.expiresAt <= new Date()) throw new AppError('session_expired');
  const hourAgo = new Date(Date.now() - 3_600_000);
  if (!found.lastUsedAt || found.lastUsedAt < hourAgo) {
    await db().apiToken.update({ where: { id: found.id }, data: { lastUsedAt: new Date() } });
  }
  return loadActor(found.personId, door);
}

/** The stored form of an API token: its SHA-256 in hex. Tokens are 256 random bits, so a slow hash adds nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Loads a person as an actor. `epoch` is the one in the login; an older one than the person's has been ended. */
export async function loadActor(personId: string, door: Door, epoch?: number): Promise<AuthenticatedActor> {
  const person = await people.ask(personId);
  if (!person || person.disabledAt) throw new AppError('session_expired');
  if (epoch !== undefined && epoch !== person.sessionEpoch) throw new AppError('session_expired');
  return {
    personId: person.id,
    displayName: person.displayName,
    locale: person.locale === 'en' ? 'en' : 'fr',
    door,
    memberships: person.memberships.map(({ centreId, role, specialty }) => ({
      centreId,
      role: role as Role,
      specialty,
    })),
  };
}

function parseCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    try {
      cookies[part.slice(0, at).trim()] = decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      // A cookie of somebody else's that is not URI-encoded says nothing about who is asking.
    }
  }
  return cookies;
}
