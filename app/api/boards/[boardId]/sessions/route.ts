import { scheduleSession } from '@/lib/boards/schedule-session.server.ts';
import { sessionFieldsSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('boardId'),
  body: sessionFieldsSchema,
  status: 201,
  handler: ({ actor, params, body }) => scheduleSession(actor, params.boardId, body),
});
