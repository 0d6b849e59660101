import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { closeUpload } from '@/lib/store/upload.server.ts';

export const POST = withRoute({
  params: idParams('uploadId'),
  handler: ({ actor, params }) => closeUpload(actor, params.uploadId, 'finishedAt'),
});
