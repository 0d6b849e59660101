import { withRoute } from '@/lib/http/with-route.server.ts';
import { addPerson, listPeople } from '@/lib/people/people.server.ts';
import { addPersonSchema } from '@/lib/people/schema.ts';

export const GET = withRoute({ handler: ({ actor }) => listPeople(actor) });
export const POST = withRoute({
  body: addPersonSchema,
  status: 201,
  handler: ({ actor, body }) => addPerson(actor, body),
});
