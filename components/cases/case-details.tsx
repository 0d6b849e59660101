'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Card, Notice } from '@/components/ui/page.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { mergeFields } from '@/lib/boards/merge-fields.ts';
import { type CaseFields, type CaseView, caseFieldsSchema } from '@/lib/cases/schema.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import { CaseFieldsForm, caseFields } from './case-fields.tsx';
import { type FieldErrors, fieldsOf, issuesOf } from './field-errors.ts';
import { useDraft } from './use-draft.ts';

const fieldsOfCase = ({ reason, question, diagnosis, stage, history }: CaseFields): CaseFields => ({
  reason,
  question,
  diagnosis,
  stage,
  history,
});

/**
 * The words of a case, edited in place. When somebody else saved meanwhile, what they changed elsewhere is taken
 * over; where both changed the same field, one's own text stays and theirs stands below it, to choose from.
 */
export function CaseDetails(props: { view: CaseView; personId: string }) {
  const t = useTranslations('cases');
  const router = useRouter();
  const say = useProblem();
  const { view } = props;
  const saved = fieldsOfCase(view);
  const [draft, change, forget] = useDraft(`case:edit:${props.personId}:${view.id}`, {
    editing: false,
    mine: saved,
    base: saved,
    version: view.version,
    theirs: {} as Partial<CaseFields>,
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form, toFirstWrong } = useFirstWrong();

  const close = () => {
    change({ editing: false, theirs: {} });
    forget();
    setErrors({});
    setProblem(undefined);
  };
  const edit = () => change({ editing: true, mine: saved, base: saved, version: view.version, theirs: {} });

  const save = async (mine: CaseFields, base: CaseFields, version: number): Promise<void> => {
    const names = caseFields.map(({ name }) => name).filter((name) => mine[name] !== base[name]);
    if (names.length === 0) return;
    const changed = Object.fromEntries(names.map((name) => [name, mine[name]]));
    try {
      await api('PATCH', `/api/cases/${view.id}`, { ...changed, version });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'version_conflict') throw error;
      const current = error.problem.current as CaseFields & { version: number };
      const theirs = fieldsOfCase(current);
      const merge = mergeFields(base, mine, theirs);
      if (merge.contested.length === 0) return save(merge.merged, theirs, current.version);
      change({
        mine: merge.merged,
        base: theirs,
        version: current.version,
        theirs: Object.fromEntries(merge.contested.map((name) => [name, theirs[name]])),
      });
      throw error;
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parsed = caseFieldsSchema.safeParse(draft.mine);
    if (!parsed.success) {
      setErrors(issuesOf(parsed.error));
      setProblem(t('correct'));
      toFirstWrong();
      return;
    }
    setErrors({});
    setProblem(undefined);
    setBusy(true);
    try {
      await save(parsed.data, draft.base, draft.version);
      close();
      toast.success(t('saved'));
      router.refresh();
    } catch (error) {
      setErrors(fieldsOf(error));
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };

  if (!draft.editing) {
    return (
      <Card title={t('case')} actions={view.may.edit && <Button onClick={edit}>{t('edit')}</Button>}>
        <dl className="space-y-3">
          {caseFields.map(({ name }) => (
            <div key={name}>
              <dt className="text-xs font-medium text-slate-600">{t(`field.${name}`)}</dt>
              <dd className="break-words whitespace-pre-wrap">{saved[name] || t('empty')}</dd>
            </div>
          ))}
        </dl>
      </Card>
    );
  }
  return (
    <Card title={t('case')}>
      <form ref={form} onSubmit={submit} noValidate className="space-y-4">
        {problem && <Notice tone="bad">{problem}</Notice>}
        <CaseFieldsForm
          values={draft.mine}
          errors={errors}
          onChange={(part) => change({ mine: { ...draft.mine, ...part } })}
          below={(name) => {
            const theirs = draft.theirs[name];
            if (theirs === undefined || theirs === draft.mine[name]) return null;
            return (
              <div className="mt-1 rounded-md bg-amber-50 p-2 text-sm">
                <p className="text-xs font-medium text-amber-950">{t('theirs')}</p>
                <p className="break-words whitespace-pre-wrap">{theirs || t('empty')}</p>
                <Button className="mt-2" onClick={() => change({ mine: { ...draft.mine, [name]: theirs } })}>
                  {t('useTheirs', { field: t(`field.${name}`) })}
                </Button>
              </div>
            );
          }}
        />
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={busy}>
            {Object.keys(draft.theirs).length > 0 ? t('saveAgain') : t('save')}
          </Button>
          <Button look="quiet" onClick={close}>
            {t('discard')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
