import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { undoCorrection } from '@/lib/store/corrections/undo-correction.server.ts';

export const POST = withRoute({
  params: idParams('correctionId'),
  handler: ({ actor, params }) => undoCorrection(actor, params.correctionId),
});
