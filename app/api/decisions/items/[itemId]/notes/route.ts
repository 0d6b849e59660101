import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readNotes, writeNote } from '@/lib/notes/notes.server.ts';
import { writeNoteSchema } from '@/lib/notes/schema.ts';

export const GET = withRoute({
  params: idParams('itemId'),
  handler: ({ actor, params }) => readNotes(actor, params.itemId),
});
export const PUT = withRoute({
  params: idParams('itemId'),
  body: writeNoteSchema,
  handler: ({ actor, params, body }) => writeNote(actor, params.itemId, body),
});
