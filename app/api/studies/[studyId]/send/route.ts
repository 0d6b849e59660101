import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { sendStudySchema } from '@/lib/network/schema.ts';
import { sendStudy } from '@/lib/network/send-study.server.ts';

export const POST = withRoute({
  params: idParams('studyId'),
  body: sendStudySchema,
  status: 202,
  handler: ({ actor, params, body }) => sendStudy(actor, params.studyId, body),
});
