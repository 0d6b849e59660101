import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { isAppError } from '@/lib/errors.ts';
import { type AuthenticatedActor, actorFromHeaders } from './actor.server.ts';

/** Who is looking at a page; null when nobody is signed in or the login has ended. */
export async function pageActor(): Promise<AuthenticatedActor | null> {
  const incoming = await headers();
  try {
    return await actorFromHeaders(
      { cookie: incoming.get('cookie'), authorization: incoming.get('authorization') },
      'web',
    );
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** The actor of a page that needs one; sends everybody else to sign in and back to `returnTo`. */
export async function requireActor(returnTo = '/'): Promise<AuthenticatedActor> {
  const actor = await pageActor();
  if (!actor) redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  return actor;
}
