'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useOptimistic, useState, useTransition } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { PersonRow } from '@/lib/people/schema.ts';
import { RolesForm } from './roles-form.tsx';

/** One person: who, with which roles, and whether they may sign in. */
export function PersonLine({ person, withCentre }: { person: PersonRow; withCentre: boolean }) {
  const t = useTranslations();
  const [disabled, setDisabled] = useDisabled(person);
  const [editing, setEditing] = useState(false);
  const { displayName: name } = person;
  return (
    <tr className={disabled ? 'bg-slate-50' : undefined}>
      <th
        scope="row"
        className="border-slate-100! align-top text-base! font-normal! tracking-normal! normal-case!"
      >
        <span className="flex flex-wrap items-center gap-x-2">
          <span className={disabled ? 'text-slate-600 line-through' : 'font-medium text-slate-900'}>
            {name}
          </span>
          {disabled && <Badge tone="warn">{t('people.disabled')}</Badge>}
        </span>
        <span className="block text-xs break-all text-slate-600">{person.email}</span>
      </th>
      <td>
        <ul className="space-y-0.5">
          {person.memberships.map(({ role, specialty, centreCode }) => (
            <li key={`${centreCode} ${role}`} className="flex flex-wrap items-center gap-x-2">
              {t(`role.${role}`)}
              {specialty && <span className="text-slate-600">{t(`specialty.${specialty}`)}</span>}
              {withCentre && <Badge>{centreCode}</Badge>}
            </li>
          ))}
        </ul>
      </td>
      <td>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setEditing(true)} aria-label={t('people.rolesOf', { name })}>
            {t('people.editRoles')}
          </Button>
          {person.mayDisable && (
            <Button
              onClick={() => setDisabled(!disabled)}
              aria-label={disabled ? t('people.enableName', { name }) : t('people.disableName', { name })}
            >
              {disabled ? t('people.enable') : t('people.disable')}
            </Button>
          )}
        </div>
        <Dialog open={editing} title={t('people.rolesOf', { name })} onClose={() => setEditing(false)}>
          <RolesForm person={person} onDone={() => setEditing(false)} />
        </Dialog>
      </td>
    </tr>
  );
}

/** Shown at once, taken back when the server refuses; each change can be undone from its toast. */
function useDisabled(person: PersonRow): [boolean, (disabled: boolean) => void] {
  const t = useTranslations();
  const router = useRouter();
  const say = useProblem();
  const [shown, show] = useOptimistic(person.disabled);
  const [, start] = useTransition();

  const change = (disabled: boolean, version: number, undo: boolean) =>
    start(async () => {
      show(disabled);
      try {
        const saved = await api<{ version: number }>('PATCH', `/api/people/${person.id}`, {
          disabled,
          version,
        });
        const { displayName: name } = person;
        const said = disabled ? t('people.nowDisabled', { name }) : t('people.nowEnabled', { name });
        toast(
          said,
          undo
            ? { action: { label: t('shell.undo'), onClick: () => change(!disabled, saved.version, false) } }
            : undefined,
        );
      } catch (error) {
        showProblem(say(error));
      }
      router.refresh();
    });
  return [shown, (disabled) => change(disabled, person.version, true)];
}
