import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { keyViewPictures } from '@/lib/key-views/key-view-pictures.server.ts';

export const GET = withRoute({
  params: idParams('caseId', 'keyViewId'),
  handler: async ({ actor, params }) => ({
    pictures: await keyViewPictures(actor, { caseId: params.caseId, id: params.keyViewId }),
  }),
});
