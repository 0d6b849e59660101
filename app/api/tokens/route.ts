import { withRoute } from '@/lib/http/with-route.server.ts';
import { createToken, listTokens } from '@/lib/people/account.server.ts';
import { createTokenSchema } from '@/lib/people/schema.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ tokens: await listTokens(actor) }) });
export const POST = withRoute({
  body: createTokenSchema,
  status: 201,
  handler: ({ actor, body }) => createToken(actor, body),
});
