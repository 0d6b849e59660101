'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { SelectField } from '@/components/ui/select-field.tsx';
import { api } from '@/lib/http/api-client.ts';
import { type PersonRow, roles, type SetRoles, type Specialty, specialised } from '@/lib/people/schema.ts';
import { SpecialtySelect } from './specialty-select.tsx';

type Role = SetRoles['roles'][number];

/** What somebody is at a centre: their roles, and the specialties that go with them. */
export function RolesForm({ person, onDone }: { person: PersonRow; onDone: () => void }) {
  const t = useTranslations();
  const router = useRouter();
  const say = useProblem();
  const [centreId, setCentreId] = useState(person.memberships[0]?.centreId ?? '');
  const [chosen, setChosen] = useState(() => rolesAt(person, centreId));
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const centres = new Map(person.memberships.map((one) => [one.centreId, one.centreCode]));
  const leavesAccount = person.elsewhere || centres.size > 1;

  const toggle = (role: Role['role'], on: boolean) =>
    setChosen((now) => [
      ...now.filter((one) => one.role !== role),
      ...(on
        ? [{ role, specialty: rolesAt(person, centreId).find((one) => one.role === role)?.specialty ?? null }]
        : []),
    ]);
  const specialise = (role: Role['role'], specialty: Specialty | null) =>
    setChosen((now) => now.map((one) => (one.role === role ? { role, specialty } : one)));

  const save = async (wanted: Role[], version: number) =>
    api<{ version: number }>('PUT', `/api/people/${person.id}/roles`, {
      centreId,
      roles: roles.flatMap((role) => wanted.filter((one) => one.role === role)),
      version,
    });
  const undo = async (version: number) => {
    try {
      await save(rolesAt(person, centreId), version);
    } catch (error) {
      showProblem(say(error));
    }
    router.refresh();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    if (chosen.length === 0 && !leavesAccount) return setProblem(t('people.noRole'));
    setBusy(true);
    try {
      const { version } = await save(chosen, person.version);
      // Who is out of the centre is not this administrator's to bring back so.
      const action = chosen.length > 0 && { label: t('shell.undo'), onClick: () => void undo(version) };
      toast(t('people.rolesSaved', { name: person.displayName }), action ? { action } : undefined);
      router.refresh();
      onDone();
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate className="space-y-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      {centres.size > 1 && (
        <SelectField
          label={t('people.centre')}
          value={centreId}
          options={[...centres].map(([id, name]) => ({ id, name }))}
          onChange={(id) => {
            setCentreId(id);
            setChosen(rolesAt(person, id));
          }}
        />
      )}
      <fieldset className="space-y-2">
        <legend className="sr-only">{t('people.roles')}</legend>
        {roles.map((role) => {
          const one = chosen.find((known) => known.role === role);
          return (
            <div key={role} className="rounded-lg border border-slate-200 px-3 py-2">
              <label className="flex min-h-6 items-center gap-2">
                <input
                  type="checkbox"
                  checked={one !== undefined}
                  // Nobody locks themselves out.
                  disabled={person.own && role === 'admin'}
                  onChange={(event) => toggle(role, event.target.checked)}
                />
                {t(`role.${role}`)}
              </label>
              {one && specialised.includes(role) && (
                <div className="mt-2 pl-6">
                  <SpecialtySelect
                    value={one.specialty ?? ''}
                    onChange={(specialty) => specialise(role, specialty || null)}
                  />
                </div>
              )}
            </div>
          );
        })}
      </fieldset>
      {chosen.length === 0 && leavesAccount && <Notice tone="warn">{t('people.leavesCentre')}</Notice>}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onDone}>{t('shell.cancel')}</Button>
        <Button type="submit" look="primary" disabled={busy}>
          {t('people.saveRoles')}
        </Button>
      </div>
    </form>
  );
}

const rolesAt = (person: PersonRow, centreId: string): Role[] =>
  person.memberships
    .filter((one) => one.centreId === centreId)
    .map(({ role, specialty }) => ({ role, specialty }));
