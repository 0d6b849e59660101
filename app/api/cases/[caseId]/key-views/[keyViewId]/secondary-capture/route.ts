import { dicomDownload } from '@/lib/http/download.ts';
import { readBody } from '@/lib/http/read-body.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { captureKeyView, MAX_PICTURE_BYTES } from '@/lib/key-views/capture-key-view.server.ts';

export const POST = withRoute({
  params: idParams('caseId', 'keyViewId'),
  handler: async ({ actor, params, request }) => {
    const at = { caseId: params.caseId, id: params.keyViewId };
    return dicomDownload(await captureKeyView(actor, at, () => readBody(request, MAX_PICTURE_BYTES)));
  },
});
