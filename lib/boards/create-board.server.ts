import type { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { loadBoard, refuseUnknownPeople } from './load-board.server.ts';
import { boardFacts } from './load-session.server.ts';
import type { createBoardSchema, editBoardSchema } from './schema.ts';

/** Makes a board; its chair is one of its members. */
export async function createBoard(
  actor: Actor,
  input: z.output<typeof createBoardSchema>,
): Promise<{ id: string }> {
  authorise(actor, 'board.create', { kind: 'centre', centreId: input.centreId });
  return withAudit(actor, async (tx, audit) => {
    await refuseUnknownPeople(tx, [input.chairId, ...input.memberIds], 'memberIds');
    const board = await tx.board.create({
      data: {
        centreId: input.centreId,
        title: input.title,
        type: input.type,
        requiredSpecialties: input.requiredSpecialties,
        members: { create: memberRows(input.memberIds, input.chairId) },
      },
      select: { id: true },
    });
    audit({ action: 'board.create', resourceType: 'board', resourceId: board.id, centreId: input.centreId });
    return board;
  });
}

/** Edits a board; `version` is the one that the editor saw. Throws `version_conflict` with what is saved now. */
export async function editBoard(
  actor: Actor,
  id: string,
  input: z.output<typeof editBoardSchema>,
): Promise<{ version: number }> {
  const facts = await boardFacts(db(), id);
  authorise(actor, 'board.edit', facts);
  return withAudit(actor, async (tx, audit) => {
    const { version, chairId, memberIds, ...fields } = input;
    const { count } = await tx.board.updateMany({
      where: { id, version },
      data: { ...fields, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError('version_conflict', { current: await loadBoard(tx, id) });
    if (memberIds || chairId) {
      const chair = chairId ?? facts.chairIds[0] ?? '';
      const joining = [chair, ...(memberIds ?? [])].filter((one) => !facts.memberIds.includes(one));
      await refuseUnknownPeople(tx, joining, 'memberIds');
      await tx.boardMember.deleteMany({ where: { boardId: id } });
      await tx.boardMember.createMany({
        data: memberRows(memberIds ?? facts.memberIds, chair).map((row) => ({ ...row, boardId: id })),
      });
    }
    audit({
      action: 'board.edit',
      resourceType: 'board',
      resourceId: id,
      centreId: facts.centreId,
      details: { fields: Object.keys(fields) },
    });
    return { version: version + 1 };
  });
}

const memberRows = (memberIds: readonly string[], chairId: string) =>
  [...new Set([chairId, ...memberIds])].map((personId) => ({ personId, chair: personId === chairId }));
