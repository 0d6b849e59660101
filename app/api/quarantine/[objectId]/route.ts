import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { compareQuarantined } from '@/lib/store/corrections/compare-quarantined.server.ts';
import { decideQuarantined } from '@/lib/store/corrections/decide-quarantined.server.ts';
import { quarantineDecisionSchema } from '@/lib/store/schema.ts';

export const GET = withRoute({
  params: idParams('objectId'),
  handler: ({ actor, params }) => compareQuarantined(actor, params.objectId),
});

export const POST = withRoute({
  params: idParams('objectId'),
  body: quarantineDecisionSchema,
  handler: ({ actor, params, body }) => decideQuarantined(actor, params.objectId, body.decision),
});
