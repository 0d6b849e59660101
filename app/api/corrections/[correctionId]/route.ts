import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readCorrection } from '@/lib/store/corrections/read-correction.server.ts';

export const GET = withRoute({
  params: idParams('correctionId'),
  handler: ({ actor, params }) => readCorrection(actor, params.correctionId),
});
