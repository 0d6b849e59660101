import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { BoardFields } from './schema.ts';

/** A board as its editors see it, with its members by name, the chair first. Throws `not_found`. */
export async function loadBoard(tx: Pick<Tx, 'board'>, id: string): Promise<BoardFields> {
  const board = await tx.board.findUnique({
    where: { id },
    select: {
      id: true,
      title: true,
      type: true,
      requiredSpecialties: true,
      version: true,
      centreId: true,
      centre: { select: { code: true, timeZone: true } },
      members: {
        orderBy: [{ chair: 'desc' }, { person: { displayName: 'asc' } }],
        select: {
          chair: true,
          person: {
            select: {
              id: true,
              displayName: true,
              memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
            },
          },
        },
      },
    },
  });
  if (!board) throw new AppError('not_found');
  const { centre, members, ...fields } = board;
  return {
    ...fields,
    centreCode: centre.code,
    timeZone: centre.timeZone,
    members: members.map(({ chair, person }) => ({
      personId: person.id,
      displayName: person.displayName,
      chair,
      centreCode: person.memberships[0]?.centre.code ?? '',
      role: person.memberships[0]?.role ?? '',
      specialty: person.memberships[0]?.specialty ?? null,
    })),
  };
}

/** Throws `invalid_input` at `path` when one of these people has no account that is in use. */
export async function refuseUnknownPeople(
  tx: Pick<Tx, 'person'>,
  personIds: readonly string[],
  path: string,
): Promise<void> {
  const wanted = [...new Set(personIds)];
  const known = await tx.person.count({ where: { id: { in: wanted }, disabledAt: null } });
  if (known !== wanted.length)
    throw new AppError('invalid_input', { fields: [{ path, code: 'unknown_person' }] });
}
