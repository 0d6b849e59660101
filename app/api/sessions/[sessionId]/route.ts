import { z } from 'zod';
import { readSession } from '@/lib/boards/read-session.server.ts';
import { editSession, setCancelled } from '@/lib/boards/schedule-session.server.ts';
import { editSessionSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('sessionId'),
  handler: ({ actor, params }) => readSession(actor, params.sessionId),
});
export const PATCH = withRoute({
  params: idParams('sessionId'),
  body: editSessionSchema,
  handler: ({ actor, params, body }) => editSession(actor, params.sessionId, body),
});
/** Cancels the session, or takes that back. */
export const PUT = withRoute({
  params: idParams('sessionId'),
  body: z.object({ cancelled: z.boolean() }),
  handler: ({ actor, params, body }) => setCancelled(actor, params.sessionId, body.cancelled),
});
