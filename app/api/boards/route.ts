import { createBoard } from '@/lib/boards/create-board.server.ts';
import { listBoards } from '@/lib/boards/list-boards.server.ts';
import { createBoardSchema } from '@/lib/boards/schema.ts';
import { withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ boards: await listBoards(actor) }) });
export const POST = withRoute({
  body: createBoardSchema,
  status: 201,
  handler: ({ actor, body }) => createBoard(actor, body),
});
