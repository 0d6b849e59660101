import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { listPolls } from '@/lib/polls/list-polls.server.ts';

export const GET = withRoute({
  params: idParams('itemId'),
  handler: ({ actor, params }) => listPolls(actor, params.itemId),
});
