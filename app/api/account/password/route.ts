import { withRoute } from '@/lib/http/with-route.server.ts';
import { changePassword } from '@/lib/people/account.server.ts';
import { changePasswordSchema } from '@/lib/people/schema.ts';

export const POST = withRoute({
  body: changePasswordSchema,
  handler: ({ actor, body }) => changePassword(actor, body),
});
