import { dicomDownload } from '@/lib/http/download.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { exportKeyObjects } from '@/lib/key-views/export-key-view.server.ts';

export const GET = withRoute({
  params: idParams('caseId', 'keyViewId'),
  handler: async ({ actor, params }) =>
    dicomDownload(await exportKeyObjects(actor, { caseId: params.caseId, id: params.keyViewId })),
});
