import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeopleList } from '@/components/people/people-list.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound } from '@/lib/http/page.server.ts';
import { listPeople } from '@/lib/people/people.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('title') };
}

export default async function PeoplePage() {
  const actor = await requireActor('/people');
  return <PeopleList {...(await orNotFound(listPeople(actor)))} />;
}
