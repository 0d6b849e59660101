import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readUpload } from '@/lib/store/upload.server.ts';

export const GET = withRoute({
  params: idParams('uploadId'),
  handler: ({ actor, params }) => readUpload(actor, params.uploadId),
});
