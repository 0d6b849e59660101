import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { isAppError } from '@/lib/errors.ts';
import { SESSION_SECONDS } from './session-length.ts';
import { signInWithPassword } from './sign-in.server.ts';

/** next-auth with passwords of our own. The login names the person and an epoch; rights are read at every request. */
export function authOptions(): NextAuthOptions {
  return {
    secret: process.env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        id: 'credentials',
        name: 'Consilium',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          try {
            return await signInWithPassword({
              email: String(credentials?.email ?? ''),
              password: String(credentials?.password ?? ''),
              address: String(request.headers?.['x-forwarded-for'] ?? 'local').split(',')[0] ?? 'local',
            });
          } catch (error) {
            // next-auth hands the message of an Error to the page; it is a code and its number, never a cause.
            if (isAppError(error)) throw new Error([error.code, ...Object.values(error.params)].join(':'));
            throw new Error('internal');
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const fresh = user as { id: string; epoch?: number } | undefined;
        // Each asking for the session renews the cookie; the time of the sign-in goes with it unchanged.
        if (!fresh) return { ...token, signedInAt: token.signedInAt ?? token.iat };
        const signedInAt = Math.floor(Date.now() / 1000);
        return { sub: fresh.id, name: user?.name, email: user?.email, epoch: fresh.epoch ?? 0, signedInAt };
      },
    },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}
