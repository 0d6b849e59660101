import { editCase } from '@/lib/cases/edit-case.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { editCaseSchema } from '@/lib/cases/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('caseId'),
  handler: ({ actor, params }) => readCase(actor, params.caseId),
});
export const PATCH = withRoute({
  params: idParams('caseId'),
  body: editCaseSchema,
  handler: ({ actor, params, body }) => editCase(actor, params.caseId, body),
});
