import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { restoreStudy } from '@/lib/store/corrections/delete-study.server.ts';

export const POST = withRoute({
  params: idParams('studyId'),
  handler: ({ actor, params }) => restoreStudy(actor, params.studyId),
});
