import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { shareStudy } from '@/lib/store/read-study.server.ts';
import { shareSchema } from '@/lib/store/schema.ts';

export const POST = withRoute({
  params: idParams('studyId'),
  body: shareSchema,
  handler: ({ actor, params, body }) => shareStudy(actor, params.studyId, body),
});
