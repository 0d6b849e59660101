import { Readable } from 'node:stream';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { exportQuerySchema } from '@/lib/store/export-schema.ts';
import { exportStudies } from '@/lib/store/export-studies.server.ts';

export const GET = withRoute({
  params: idParams('studyId'),
  query: exportQuerySchema,
  handler: async ({ actor, params, query }) => {
    const { stream, size, fileName } = await exportStudies(actor, { studyId: params.studyId, query });
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': 'application/zip',
        'content-length': String(size),
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    });
  },
});
