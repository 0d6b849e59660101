import { listAudit } from '@/lib/audit/list-audit.server.ts';
import { auditQuerySchema } from '@/lib/audit/schema.ts';
import { withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  query: auditQuerySchema,
  handler: ({ actor, query }) => listAudit(actor, query),
});
