import { scheduleCase } from '@/lib/boards/agenda.server.ts';
import { scheduleCaseSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('sessionId'),
  body: scheduleCaseSchema,
  status: 201,
  handler: ({ actor, params, body }) => scheduleCase(actor, params.sessionId, body),
});
