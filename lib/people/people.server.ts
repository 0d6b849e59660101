import type { z } from 'zod';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { hashPassword } from '@/lib/auth/password.server.ts';
import { can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { addPersonSchema, CentreSummary, PersonRow, PersonSummary, Specialty } from './schema.ts';

const administered = (actor: AuthenticatedActor) =>
  actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.people', { kind: 'centre', centreId }));

/** The centre that made an account: the one of its oldest membership (ids are in the order of time). */
const homeOf = (memberships: readonly { id: string; centreId: string }[]): string | undefined =>
  memberships.toSorted((one, other) => (one.id < other.id ? -1 : 1))[0]?.centreId;

/** Nobody locks themselves out, and no centre ends an account that another one made. */
const mayDisable = (
  actor: AuthenticatedActor,
  person: { id: string; memberships: readonly { id: string; centreId: string }[] },
): boolean => person.id !== actor.personId && administered(actor).includes(homeOf(person.memberships) ?? '');

/** Everybody of the centres that the actor administers. Throws `forbidden` when there is none. */
export async function listPeople(
  actor: AuthenticatedActor,
): Promise<{ people: PersonRow[]; centres: CentreSummary[] }> {
  const centreIds = administered(actor);
  if (centreIds.length === 0) throw new AppError('forbidden');
  const [people, centres] = await Promise.all([
    db().person.findMany({
      where: { memberships: { some: { centreId: { in: centreIds } } } },
      orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
      include: { memberships: { include: { centre: { select: { code: true } } } } },
    }),
    db().centre.findMany({
      where: { id: { in: centreIds } },
      orderBy: { code: 'asc' },
      select: { id: true, code: true, name: true },
    }),
  ]);
  return {
    centres,
    people: people.map((person) => ({
      id: person.id,
      email: person.email,
      displayName: person.displayName,
      disabled: person.disabledAt !== null,
      version: person.version,
      mayDisable: mayDisable(actor, person),
      own: person.id === actor.personId,
      memberships: person.memberships
        .filter(({ centreId }) => centreIds.includes(centreId))
        .map(({ role, specialty, centreId, centre }) => ({
          role,
          specialty: specialty as Specialty | null,
          centreId,
          centreCode: centre.code,
        })),
      elsewhere: person.memberships.some(({ centreId }) => !centreIds.includes(centreId)),
    })),
  };
}

/** Adds a person to a centre. Somebody who has an account elsewhere gets a membership; their password stays theirs. */
export async function addPerson(
  actor: AuthenticatedActor,
  input: z.infer<typeof addPersonSchema>,
): Promise<{ id: string }> {
  authorise(actor, 'centre.people', { kind: 'centre', centreId: input.centreId });
  const passwordHash = await hashPassword(input.password);
  const email = input.email.toLowerCase();
  return withAudit(actor, async (tx, audit) => {
    const known = await tx.person.findUnique({ where: { email }, select: { id: true } });
    const person =
      known ??
      (await tx.person.create({
        data: { email, displayName: input.displayName, passwordHash },
        select: { id: true },
      }));
    const key = { personId: person.id, centreId: input.centreId, role: input.role };
    const member = await tx.membership.findUnique({ where: { personId_centreId_role: key } });
    if (member) throw new AppError('already_exists');
    await tx.membership.create({ data: { ...key, specialty: input.specialty } });
    audit({
      action: 'person.add',
      resourceType: 'person',
      resourceId: person.id,
      centreId: input.centreId,
      details: { role: input.role },
    });
    return { id: person.id };
  });
}

/**
 * Disables or enables a person of one's centre; a disabled person's logins end at once. Throws `forbidden` for oneself
 * and for an account that another centre made, `version_conflict` when somebody changed it in the meantime.
 */
export async function setDisabled(
  actor: AuthenticatedActor,
  id: string,
  input: { disabled: boolean; version: number },
): Promise<{ version: number }> {
  const person = await db().person.findUnique({ where: { id }, include: { memberships: true } });
  const centreId = person?.memberships.find((one) => administered(actor).includes(one.centreId))?.centreId;
  if (!person || !centreId) throw new AppError('not_found');
  if (!mayDisable(actor, person)) throw new AppError('forbidden');
  return withAudit(actor, async (tx, audit) => {
    const { count } = await tx.person.updateMany({
      where: { id, version: input.version },
      data: {
        disabledAt: input.disabled ? new Date() : null,
        sessionEpoch: { increment: 1 },
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError('version_conflict');
    audit({
      action: input.disabled ? 'person.disable' : 'person.enable',
      resourceType: 'person',
      resourceId: id,
      centreId,
    });
    return { version: input.version + 1 };
  });
}

/** The network's directory: names, centres, specialties, to invite people. No e-mail addresses leave it. */
export async function searchPeople(_actor: AuthenticatedActor, query: string): Promise<PersonSummary[]> {
  const people = await db().person.findMany({
    where: {
      disabledAt: null,
      OR: [{ displayName: { contains: query, mode: 'insensitive' } }, { email: query.toLowerCase() }],
    },
    orderBy: { displayName: 'asc' },
    take: 20,
    select: {
      id: true,
      displayName: true,
      memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
    },
  });
  return people.map(({ id, displayName, memberships }) => ({
    id,
    displayName,
    centres: memberships.map(({ role, specialty, centre }) => ({ code: centre.code, role, specialty })),
  }));
}
