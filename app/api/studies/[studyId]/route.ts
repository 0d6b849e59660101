import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { deleteStudy } from '@/lib/store/corrections/delete-study.server.ts';
import { deleteStudySchema } from '@/lib/store/corrections/schema.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';

export const GET = withRoute({
  params: idParams('studyId'),
  handler: ({ actor, params }) => readStudy(actor, params.studyId),
});

export const DELETE = withRoute({
  params: idParams('studyId'),
  body: deleteStudySchema,
  handler: ({ actor, params, body }) => deleteStudy(actor, params.studyId, body),
});
