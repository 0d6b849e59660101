import { z } from 'zod';
import { listSessions } from '@/lib/boards/list-sessions.server.ts';
import { withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  query: z.object({ day: z.enum(['today', 'coming', 'all']).default('all') }),
  handler: async ({ actor, query }) => ({ sessions: await listSessions(actor, query.day) }),
});
