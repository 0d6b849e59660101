import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { retryTransfer } from '@/lib/network/retry-transfer.server.ts';

export const POST = withRoute({
  params: idParams('transferId'),
  handler: ({ actor, params }) => retryTransfer(actor, params.transferId),
});
