import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { holdStudy } from '@/lib/store/corrections/hold-study.server.ts';
import { holdStudySchema } from '@/lib/store/corrections/schema.ts';

export const PUT = withRoute({
  params: idParams('studyId'),
  body: holdStudySchema,
  handler: ({ actor, params, body }) => holdStudy(actor, params.studyId, body),
});
