import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { correctStudy } from '@/lib/store/corrections/correct-study.server.ts';
import { correctStudySchema } from '@/lib/store/corrections/schema.ts';

export const POST = withRoute({
  params: idParams('studyId'),
  body: correctStudySchema,
  status: 202,
  handler: ({ actor, params, body }) => correctStudy(actor, params.studyId, body),
});
