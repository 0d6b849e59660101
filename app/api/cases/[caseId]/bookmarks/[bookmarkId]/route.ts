import { readBookmark } from '@/lib/decisions/bookmarks.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('caseId', 'bookmarkId'),
  handler: ({ actor, params }) => readBookmark(actor, { caseId: params.caseId, id: params.bookmarkId }),
});
