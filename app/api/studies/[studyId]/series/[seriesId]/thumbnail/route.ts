import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readThumbnail } from '@/lib/store/read-study.server.ts';

export const GET = withRoute({
  params: idParams('studyId', 'seriesId'),
  handler: async ({ actor, params }) =>
    new Response(await readThumbnail(actor, params.studyId, params.seriesId), {
      // Whoever signs in next in the same browser asks for themselves.
      headers: {
        'content-type': 'image/webp',
        'cache-control': 'private, max-age=3600',
        vary: 'Cookie, Authorization',
      },
    }),
});
