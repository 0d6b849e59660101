import { withRoute } from '@/lib/http/with-route.server.ts';
import { listCentres } from '@/lib/people/list-centres.server.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ centres: await listCentres(actor) }) });
