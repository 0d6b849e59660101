import { detachStudy } from '@/lib/cases/case-studies.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const DELETE = withRoute({
  params: idParams('caseId', 'studyId'),
  handler: ({ actor, params }) => detachStudy(actor, params.caseId, params.studyId),
});
