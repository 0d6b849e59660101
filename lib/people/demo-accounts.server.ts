import { getTranslations } from 'next-intl/server';
import { db } from '@/lib/db/client.server.ts';
import { env } from '@/lib/env.ts';

/** The demonstration's accounts for the sign-in page; undefined when there is no demonstration. */
export async function demoAccounts(): Promise<{ email: string; about: string }[] | undefined> {
  if (!env().DEMO) return undefined;
  const t = await getTranslations();
  const people = await db().person.findMany({
    where: { email: { endsWith: '.demo' } },
    orderBy: { createdAt: 'asc' },
    select: {
      email: true,
      memberships: { select: { role: true, specialty: true, centre: { select: { name: true } } } },
    },
  });
  return people.map(({ email, memberships }) => {
    const [first] = memberships;
    const what = first?.specialty ? t(`specialty.${first.specialty}`) : first ? t(`role.${first.role}`) : '';
    return { email, about: `${what} · ${first?.centre.name ?? ''}` };
  });
}
