import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { cancelTransfer } from '@/lib/network/cancel-transfer.server.ts';

export const POST = withRoute({
  params: idParams('transferId'),
  handler: ({ actor, params }) => cancelTransfer(actor, params.transferId),
});
