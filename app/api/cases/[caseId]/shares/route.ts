import { shareCase } from '@/lib/cases/edit-case.server.ts';
import { shareCaseSchema } from '@/lib/cases/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('caseId'),
  body: shareCaseSchema,
  handler: ({ actor, params, body }) => shareCase(actor, params.caseId, body),
});
