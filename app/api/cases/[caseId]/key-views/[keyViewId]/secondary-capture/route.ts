import { AppError } from '@/lib/errors.ts';
import { dicomDownload } from '@/lib/http/download.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { captureKeyView, MAX_PICTURE_BYTES } from '@/lib/key-views/capture-key-view.server.ts';

export const POST = withRoute({
  params: idParams('caseId', 'keyViewId'),
  handler: async ({ actor, params, request }) => {
    if (Number(request.headers.get('content-length') ?? 0) > MAX_PICTURE_BYTES)
      throw new AppError('payload_too_large');
    const png = new Uint8Array(await request.arrayBuffer());
    if (png.length > MAX_PICTURE_BYTES) throw new AppError('payload_too_large');
    const at = { caseId: params.caseId, id: params.keyViewId };
    return dicomDownload(await captureKeyView(actor, at, png));
  },
});
