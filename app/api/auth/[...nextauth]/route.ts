import NextAuth from 'next-auth';
import { withoutCache } from '@/lib/auth/after-sign-out.ts';
import { authOptions } from '@/lib/auth/auth-options.server.ts';
import { boundedRequest } from '@/lib/http/bounded-request.server.ts';
import { requestLocale } from '@/lib/http/problem.server.ts';
import { problemResponse } from '@/lib/http/with-route.server.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

// The options are made at each request: the secret is known only when the server runs, not when it is built.
const handler = (request: Request, context: Context) =>
  NextAuth(authOptions())(request, context) as Promise<Response>;

/** E-mail, password, a token against forgery and where to go then. Nobody is signed in yet: no more of it is read. */
const MAX_BYTES = 16_384;

async function post(request: Request, context: Context): Promise<Response> {
  let bounded: Request;
  try {
    bounded = await boundedRequest(request, MAX_BYTES);
  } catch (error) {
    return problemResponse(error, requestLocale({ acceptLanguage: request.headers.get('accept-language') }));
  }
  const answer = await handler(bounded, context);
  const [action] = (await context.params).nextauth;
  return action === 'signout' ? withoutCache(answer) : answer;
}

export { handler as GET, post as POST };
