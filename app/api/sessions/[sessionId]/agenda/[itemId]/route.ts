import { editAgendaItem } from '@/lib/boards/agenda.server.ts';
import { editItemSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const PATCH = withRoute({
  params: idParams('sessionId', 'itemId'),
  body: editItemSchema,
  handler: ({ actor, params, body }) => editAgendaItem(actor, params.sessionId, params.itemId, body),
});
