import { withRoute } from '@/lib/http/with-route.server.ts';
import { editListener, readListener } from '@/lib/network/listener.server.ts';
import { listenerSettingsSchema } from '@/lib/network/schema.ts';

export const GET = withRoute({ handler: ({ actor }) => readListener(actor) });
export const PUT = withRoute({
  body: listenerSettingsSchema,
  handler: ({ actor, body }) => editListener(actor, body),
});
