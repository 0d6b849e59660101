'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { SearchCombobox } from '@/components/ui/search-combobox.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { CentreSummary, PersonSummary, Share } from '@/lib/people/schema.ts';

type Target = { personId: string } | { centreId: string };

/** With whom a case or a study is shared; adding and taking back, each with its undo. */
export function Sharing(props: {
  /** Collection of the shares: `/api/cases/<id>/shares`. */
  url: string;
  shares: Share[];
  centres: CentreSummary[];
  may: boolean;
  hint: string;
}) {
  const t = useTranslations('share');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [open, setOpen] = useState(false);

  const attempt = async (work: () => Promise<unknown>, done: () => void) => {
    try {
      await work();
      done();
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    }
  };
  const add = (target: Target, name: string) =>
    attempt(
      () => api('POST', props.url, target),
      () => {
        setOpen(false);
        toast.success(t('shared', { name }));
      },
    );
  const remove = (share: Share) => {
    const target = share.personId ? { personId: share.personId } : { centreId: share.centreId ?? '' };
    let stillInCases = 0;
    return attempt(
      async () => {
        // A study tells in how many cases they see it all the same.
        const answer = await api<{ stillInCases: number } | undefined>('DELETE', `${props.url}/${share.id}`);
        stillInCases = answer?.stillInCases ?? 0;
      },
      () => {
        const sentence =
          stillInCases > 0
            ? t('removedStill', { name: share.name, count: stillInCases })
            : t('removed', { name: share.name });
        toast(sentence, {
          action: { label: shell('undo'), onClick: () => void add(target, share.name) },
        });
      },
    );
  };

  return (
    <>
      {props.shares.length === 0 ? (
        <p className="text-slate-600">{props.hint}</p>
      ) : (
        <ul className="divide-y divide-slate-100">
          {props.shares.map((share) => (
            <li key={share.id} className="flex items-center justify-between gap-2 py-1">
              <span className="min-w-0 break-words">{share.name}</span>
              {props.may && (
                <Button
                  look="quiet"
                  aria-label={t('removeFrom', { name: share.name })}
                  onClick={() => void remove(share)}
                >
                  {t('remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {props.may && (
        <Button className="mt-3" onClick={() => setOpen(true)}>
          {t('add')}
        </Button>
      )}
      <Dialog open={open} title={t('title')} onClose={() => setOpen(false)}>
        <ShareChoice centres={props.centres} onChoose={(target, name) => void add(target, name)} />
        <div className="mt-4 flex justify-end">
          <Button onClick={() => setOpen(false)}>{shell('cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}

function ShareChoice(props: { centres: CentreSummary[]; onChoose: (target: Target, name: string) => void }) {
  const t = useTranslations('share');
  const role = useTranslations('role');
  const errors = useTranslations('errors');
  const [centreId, setCentreId] = useState('');
  const search = useCallback(async (query: string) => {
    const url = `/api/people/search?${new URLSearchParams({ query })}`;
    return (await api<{ people: PersonSummary[] }>('GET', url)).people;
  }, []);
  const centre = props.centres.find(({ id }) => id === centreId);
  return (
    <div className="min-h-64 space-y-5">
      <p className="text-slate-700">{t('explain')}</p>
      <SearchCombobox
        label={t('person')}
        hint={t('personHint')}
        search={search}
        optionKey={({ id }) => id}
        onChoose={(person) => props.onChoose({ personId: person.id }, person.displayName)}
        words={{
          none: t('none'),
          failed: errors('network'),
          found: (count) => t('found', { count }),
        }}
        renderOption={(person) => (
          <>
            {person.displayName}
            <span className="block text-xs text-slate-600">
              {person.centres.map((one) => `${one.code} – ${role(one.role)}`).join(', ')}
            </span>
          </>
        )}
      />
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('centre')}>
            {(control) => (
              <select
                {...control}
                className="field"
                value={centreId}
                onChange={(event) => setCentreId(event.target.value)}
              >
                <option value="">{t('chooseCentre')}</option>
                {props.centres.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.code} – {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Button
          look="primary"
          disabled={!centre}
          onClick={() => centre && props.onChoose({ centreId: centre.id }, centre.name)}
        >
          {t('shareCentre')}
        </Button>
      </div>
    </div>
  );
}
