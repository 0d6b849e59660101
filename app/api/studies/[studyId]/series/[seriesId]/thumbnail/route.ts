import fs from 'node:fs/promises';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { thumbnailOf } from '@/lib/store/read-study.server.ts';
import { thumbnailFile } from '@/lib/store/thumbnail-file.server.ts';

export const GET = withRoute({
  params: idParams('studyId', 'seriesId'),
  handler: async ({ actor, params }) => {
    await thumbnailOf(actor, params.studyId, params.seriesId);
    const bytes = await fs.readFile(thumbnailFile(params.seriesId));
    return new Response(new Uint8Array(bytes), {
      headers: { 'content-type': 'image/webp', 'cache-control': 'private, max-age=3600' },
    });
  },
});
