import { z } from 'zod';
import { printRecord } from '@/lib/decisions/print-record.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('itemId'),
  query: z.object({
    locale: z.enum(['en', 'fr']).optional(),
    version: z.coerce.number().int().positive().optional(),
  }),
  handler: async ({ actor, params, query, locale }) => {
    const { bytes, fileName } = await printRecord(actor, params.itemId, {
      locale: query.locale ?? locale,
      version: query.version,
    });
    return new Response(bytes as BodyInit, {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    });
  },
});
