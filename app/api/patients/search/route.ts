import { withRoute } from '@/lib/http/with-route.server.ts';
import { findIdentities } from '@/lib/store/corrections/find-identities.server.ts';
import { findIdentitiesSchema } from '@/lib/store/corrections/schema.ts';

export const GET = withRoute({
  query: findIdentitiesSchema,
  handler: async ({ actor, query }) => ({ identities: await findIdentities(actor, query) }),
});
