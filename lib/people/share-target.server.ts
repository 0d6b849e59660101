import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

export type ShareTarget = { personId?: string; centreId?: string };

/** Something is shared only with a person or a centre that exists. Throws `not_found`. */
export async function requireShareTarget(
  tx: Pick<Tx, 'person' | 'centre'>,
  target: ShareTarget,
): Promise<void> {
  const known = target.personId
    ? await tx.person.findUnique({ where: { id: target.personId }, select: { id: true } })
    : await tx.centre.findUnique({ where: { id: target.centreId ?? '' }, select: { id: true } });
  if (!known) throw new AppError('not_found');
}

/** What the people and centres of a list of shares are called, by their ids. */
export async function shareNames(
  tx: Pick<Tx, 'person' | 'centre'>,
  shares: readonly { personId: string | null; centreId: string | null }[],
): Promise<Map<string, string>> {
  const people = await tx.person.findMany({
    where: { id: { in: shares.flatMap((share) => share.personId ?? []) } },
    select: { id: true, displayName: true },
  });
  const centres = await tx.centre.findMany({
    where: { id: { in: shares.flatMap((share) => share.centreId ?? []) } },
    select: { id: true, name: true },
  });
  return new Map([
    ...people.map((one) => [one.id, one.displayName] as const),
    ...centres.map((one) => [one.id, one.name] as const),
  ]);
}
