import { withRoute } from '@/lib/http/with-route.server.ts';
import { listTransfers } from '@/lib/network/list-transfers.server.ts';
import { listTransfersSchema } from '@/lib/network/schema.ts';

export const GET = withRoute({
  query: listTransfersSchema,
  handler: async ({ actor, query }) => ({ transfers: await listTransfers(actor, query) }),
});
