import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';

export const GET = withRoute({
  params: idParams('studyId'),
  handler: ({ actor, params }) => readStudy(actor, params.studyId),
});
