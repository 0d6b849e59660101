import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { uploadedStudies } from '@/lib/store/upload.server.ts';

/** The studies that the files of a batch belong to. */
export const GET = withRoute({
  params: idParams('uploadId'),
  handler: async ({ actor, params }) => ({ studies: await uploadedStudies(actor, params.uploadId) }),
});
