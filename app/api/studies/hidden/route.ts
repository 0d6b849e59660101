import { withRoute } from '@/lib/http/with-route.server.ts';
import { listHiddenStudies } from '@/lib/store/corrections/hidden-study.server.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ studies: await listHiddenStudies(actor) }) });
