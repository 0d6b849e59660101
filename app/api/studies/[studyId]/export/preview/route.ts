import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { exportQuerySchema } from '@/lib/store/export-schema.ts';
import { previewExport } from '@/lib/store/export-studies.server.ts';

export const GET = withRoute({
  params: idParams('studyId'),
  query: exportQuerySchema,
  handler: ({ actor, params, query }) => previewExport(actor, { studyId: params.studyId, query }),
});
