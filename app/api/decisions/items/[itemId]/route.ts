import { editDecisionDraft, readDecision } from '@/lib/decisions/decide.server.ts';
import { editDraftSchema } from '@/lib/decisions/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('itemId'),
  handler: ({ actor, params }) => readDecision(actor, params.itemId),
});
export const PATCH = withRoute({
  params: idParams('itemId'),
  body: editDraftSchema,
  handler: ({ actor, params, body }) => editDecisionDraft(actor, { agendaItemId: params.itemId, ...body }),
});
