import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { unshareStudy } from '@/lib/store/read-study.server.ts';

export const DELETE = withRoute({
  params: idParams('studyId', 'shareId'),
  handler: ({ actor, params }) => unshareStudy(actor, params.studyId, params.shareId),
});
