import { z } from 'zod';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { listCases } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  query: z.object({ query: z.string().max(200).default('') }),
  handler: async ({ actor, query }) => ({ cases: await listCases(actor, query.query) }),
});
export const POST = withRoute({
  body: createCaseSchema,
  status: 201,
  handler: ({ actor, body }) => createCase(actor, body),
});
