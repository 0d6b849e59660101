import { exportAudit } from '@/lib/audit/list-audit.server.ts';
import { auditQuerySchema } from '@/lib/audit/schema.ts';
import { withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  query: auditQuerySchema,
  handler: async ({ actor, query }) => {
    const lines = exportAudit(actor, query);
    // The first line is asked for here, so that a refusal is an ordinary problem answer.
    const first = await lines.next();
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (!first.done) controller.enqueue(encoder.encode(first.value));
      },
      async pull(controller) {
        const next = await lines.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
    });
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit.csv"',
        'cache-control': 'no-store',
      },
    });
  },
});
