import { withRoute } from '@/lib/http/with-route.server.ts';
import { listStudies } from '@/lib/store/list-studies.server.ts';
import { listStudiesQuerySchema } from '@/lib/store/schema.ts';

export const GET = withRoute({
  query: listStudiesQuerySchema,
  handler: ({ actor, query }) => listStudies(actor, query),
});
