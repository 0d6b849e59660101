import { withRoute } from '@/lib/http/with-route.server.ts';
import { listQuarantine } from '@/lib/store/quarantine.server.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ objects: await listQuarantine(actor) }) });
