import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { revokeToken } from '@/lib/people/account.server.ts';

export const DELETE = withRoute({
  params: idParams('tokenId'),
  handler: ({ actor, params }) => revokeToken(actor, params.tokenId),
});
