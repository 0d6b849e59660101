import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { SetRoles } from './schema.ts';

/**
 * What somebody is at a centre from now on: these roles instead of those they had there. Open logins have them at once.
 * None at all takes somebody of elsewhere out of the centre. Throws `not_found` for somebody who is not of the centre,
 * `forbidden` where administrators would take their own administration away, `invalid_input` where nothing would be left
 * of an account, `version_conflict` when somebody changed it in the meantime.
 */
export async function setRoles(
  actor: AuthenticatedActor,
  personId: string,
  { centreId, roles, version }: SetRoles,
): Promise<{ version: number }> {
  authorise(actor, 'centre.people', { kind: 'centre', centreId });
  if (personId === actor.personId && !roles.some(({ role }) => role === 'admin'))
    throw new AppError('forbidden');
  return withAudit(actor, async (tx, audit) => {
    // First: of two changes at once the second reads nothing that the first takes away.
    const { count } = await tx.person.updateMany({
      where: { id: personId, version },
      data: { version: { increment: 1 } },
    });
    if (count === 0) throw new AppError('version_conflict');
    const all = await tx.membership.findMany({ where: { personId }, orderBy: { id: 'asc' } });
    const before = all.filter((one) => one.centreId === centreId);
    if (before.length === 0) throw new AppError('not_found');
    if (roles.length === 0 && all.length === before.length) throw new AppError('invalid_input');
    // The oldest membership tells which centre made the account: its place is kept, whatever role has it now.
    await tx.membership.deleteMany({ where: { personId, centreId } });
    for (const [index, one] of roles.entries())
      await tx.membership.create({ data: { id: before[index]?.id, personId, centreId, ...one } });
    audit({
      action: 'person.roles',
      resourceType: 'person',
      resourceId: personId,
      centreId,
      details: {
        roles: roles.map(({ role }) => role),
        specialties: specialtiesOf(roles),
        formerRoles: before.map(({ role }) => role),
        formerSpecialties: specialtiesOf(before),
      },
    });
    return { version: version + 1 };
  });
}

const specialtiesOf = (roles: readonly { specialty: string | null }[]): string[] =>
  roles.flatMap(({ specialty }) => specialty ?? []);
