import { z } from 'zod';
import { withRoute } from '@/lib/http/with-route.server.ts';
import { searchPeople } from '@/lib/people/people.server.ts';

export const GET = withRoute({
  query: z.object({ query: z.string().trim().min(2).max(100) }),
  handler: async ({ actor, query }) => ({ people: await searchPeople(actor, query.query) }),
});
