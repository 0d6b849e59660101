import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { attachStudySchema } from '@/lib/cases/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('caseId'),
  body: attachStudySchema,
  handler: ({ actor, params, body }) => attachStudy(actor, params.caseId, body),
});
