import { withRoute } from '@/lib/http/with-route.server.ts';
import { decideManyQuarantined } from '@/lib/store/corrections/decide-quarantined.server.ts';
import { listQuarantine } from '@/lib/store/quarantine.server.ts';
import { decideManySchema } from '@/lib/store/schema.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ objects: await listQuarantine(actor) }) });

export const POST = withRoute({
  body: decideManySchema,
  handler: ({ actor, body }) => decideManyQuarantined(actor, body),
});
