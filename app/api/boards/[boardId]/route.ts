import { editBoard } from '@/lib/boards/create-board.server.ts';
import { readBoard } from '@/lib/boards/list-boards.server.ts';
import { editBoardSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const GET = withRoute({
  params: idParams('boardId'),
  handler: ({ actor, params }) => readBoard(actor, params.boardId),
});
export const PATCH = withRoute({
  params: idParams('boardId'),
  body: editBoardSchema,
  handler: ({ actor, params, body }) => editBoard(actor, params.boardId, body),
});
