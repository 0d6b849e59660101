import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/auth-options.server.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

// The options are made at each request: the secret is known only when the server runs, not when it is built.
const handler = (request: Request, context: Context) =>
  NextAuth(authOptions())(request, context) as Promise<Response>;

export { handler as GET, handler as POST };
