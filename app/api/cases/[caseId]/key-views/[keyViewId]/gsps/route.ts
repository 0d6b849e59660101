import { z } from 'zod';
import { dicomDownload } from '@/lib/http/download.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { exportPresentation } from '@/lib/key-views/export-key-view.server.ts';

export const GET = withRoute({
  params: idParams('caseId', 'keyViewId'),
  query: z.object({ viewport: z.string().max(40).optional() }),
  handler: async ({ actor, params, query, locale }) =>
    dicomDownload(
      await exportPresentation(
        actor,
        { caseId: params.caseId, id: params.keyViewId },
        { viewportId: query.viewport, locale },
      ),
    ),
});
