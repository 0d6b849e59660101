'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition, useOptimistic } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge, Card } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import type { SessionParticipantView, SessionView } from '@/lib/boards/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import { PeopleSearch } from './people-search.tsx';
import { type Person, PersonLine } from './person-line.tsx';
import { QuorumHint } from './quorum-hint.tsx';
import { useUndoToast } from './use-undo-toast.ts';

type Change = { person: Person; invited: boolean };

const apply = (people: SessionParticipantView[], { person, invited }: Change) => {
  const others = people.filter((one) => one.personId !== person.personId);
  return invited ? [...others, { ...person, chair: false }] : others;
};

/** Who is invited, from every centre; whether their specialties would make the quorum. */
export function Participants({ session }: { session: SessionView }) {
  const t = useTranslations('session');
  const undoable = useUndoToast();
  const say = useProblem();
  const router = useRouter();
  const [people, show] = useOptimistic(session.participants, apply);
  const path = `/api/sessions/${session.id}/participants`;

  const setInvited = (person: Person, invited: boolean) =>
    startTransition(async () => {
      show({ person, invited });
      try {
        if (invited) await api('POST', path, { personId: person.personId });
        else await api('DELETE', `${path}/${person.personId}`);
        const sentence = invited
          ? t('invited', { name: person.displayName })
          : t('uninvited', { name: person.displayName });
        undoable('participants', sentence, () => setInvited(person, !invited));
      } catch (error) {
        showProblem(say(error), 'participants');
      }
      startTransition(() => router.refresh());
    });

  return (
    <Card title={t('participants', { count: people.length })}>
      <QuorumHint
        specialties={people.map((person) => person.specialty)}
        required={session.requiredSpecialties}
      />
      <ul aria-label={t('participants', { count: people.length })} className="mt-3 space-y-2">
        {people.map((person) => (
          <li key={person.personId} className="flex items-start justify-between gap-2">
            <PersonLine person={person} />
            {person.chair ? (
              <Badge tone="good">{t('chair')}</Badge>
            ) : (
              session.may.edit && (
                <Button
                  look="quiet"
                  className="px-1.5"
                  aria-label={t('uninvite', { name: person.displayName })}
                  onClick={() => setInvited(person, false)}
                >
                  <X aria-hidden="true" className="size-4" />
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {session.may.edit && (
        <div className="mt-4 border-t border-slate-200 pt-3">
          <PeopleSearch
            label={t('invite')}
            known={people.map((person) => person.personId)}
            onChoose={(person) => setInvited(person, true)}
          />
        </div>
      )}
    </Card>
  );
}
