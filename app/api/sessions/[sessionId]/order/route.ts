import { reorderAgenda } from '@/lib/boards/agenda.server.ts';
import { reorderSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const PUT = withRoute({
  params: idParams('sessionId'),
  body: reorderSchema,
  handler: ({ actor, params, body }) => reorderAgenda(actor, params.sessionId, body),
});
