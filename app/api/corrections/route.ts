import { withRoute } from '@/lib/http/with-route.server.ts';
import { listCorrections } from '@/lib/store/corrections/read-correction.server.ts';

export const GET = withRoute({
  handler: async ({ actor }) => ({ corrections: await listCorrections(actor) }),
});
