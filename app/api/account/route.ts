import { withRoute } from '@/lib/http/with-route.server.ts';
import { readAccount, updateAccount } from '@/lib/people/account.server.ts';
import { updateAccountSchema } from '@/lib/people/schema.ts';

export const GET = withRoute({ handler: ({ actor }) => readAccount(actor) });

export const PATCH = withRoute({
  body: updateAccountSchema,
  handler: async ({ actor, body }) => {
    const account = await updateAccount(actor, body);
    return Response.json(account, {
      headers: { 'set-cookie': `locale=${account.locale}; Path=/; Max-Age=31536000; SameSite=Lax` },
    });
  },
});
