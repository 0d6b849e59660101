'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import { createNodeSchema, editNodeSchema, type NodeRow } from '@/lib/network/schema.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import { NodeRights } from './node-rights.tsx';

const begin = (node: NodeRow | undefined, centres: CentreSummary[]) => ({
  centreId: node?.centreId ?? centres[0]?.id ?? '',
  name: node?.name ?? '',
  aeTitle: node?.aeTitle ?? '',
  host: node?.settings?.host ?? '',
  port: String(node?.settings?.port ?? '104'),
  tls: node?.settings?.tls ?? false,
  certificateFingerprint: node?.settings?.certificateFingerprint ?? '',
  mayStore: node?.settings?.mayStore ?? true,
  mayQuery: node?.settings?.mayQuery ?? false,
  mayRetrieve: node?.settings?.mayRetrieve ?? false,
  deidentify: node?.deidentifies ?? false,
});
type TextName = 'name' | 'aeTitle' | 'host' | 'port' | 'certificateFingerprint';
const errorOf = {
  name: 'wrongName',
  aeTitle: 'wrongAeTitle',
  host: 'wrongHost',
  port: 'wrongPort',
  certificateFingerprint: 'wrongFingerprint',
} as const;

/** Describes a node, new or known. What is typed stays through every refusal. */
export function NodeForm(props: { node?: NodeRow; centres: CentreSummary[]; onDone: () => void }) {
  const t = useTranslations('network');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [form, setForm] = useState(() => begin(props.node, props.centres));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form: formElement, toFirstWrong } = useFirstWrong();
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const version = props.node?.settings?.version;
    const parsed = props.node
      ? editNodeSchema.safeParse({ ...form, version })
      : createNodeSchema.safeParse(form);
    setWrong(new Set(parsed.error?.issues.map((issue) => String(issue.path[0]))));
    if (!parsed.success) return toFirstWrong();
    setBusy(true);
    try {
      if (props.node) await api('PUT', `/api/network/nodes/${props.node.id}`, parsed.data);
      else await api('POST', '/api/network/nodes', parsed.data);
      toast.success(t('saved', { name: parsed.data.name }));
      router.refresh();
      props.onDone();
    } catch (error) {
      const taken = error instanceof ApiError && error.code === 'already_exists';
      setProblem(taken ? t('nameTaken') : say(error));
    } finally {
      setBusy(false);
    }
  };

  const text = (name: TextName, label: string, options: { hint?: string; required?: boolean } = {}) => (
    <Field label={label} {...options} error={wrong.has(name) ? t(errorOf[name]) : undefined}>
      {(control) => (
        <input
          {...control}
          className="field"
          name={name}
          autoComplete="off"
          spellCheck={false}
          inputMode={name === 'port' ? 'numeric' : undefined}
          value={form[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form ref={formElement} onSubmit={submit} noValidate className="space-y-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      {!props.node && props.centres.length > 1 && (
        <SelectField
          label={t('centre')}
          value={form.centreId}
          options={props.centres}
          onChange={(centreId) => set({ centreId })}
        />
      )}
      {text('name', t('name'), { hint: t('nameHint'), required: true })}
      {text('aeTitle', t('aeTitle'), { hint: t('aeTitleHint'), required: true })}
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_8rem]">
        {text('host', t('host'), { hint: t('hostHint'), required: true })}
        {text('port', t('port'), { required: true })}
      </div>
      <NodeRights form={form} onChange={set} />
      {form.tls && text('certificateFingerprint', t('fingerprint'), { hint: t('fingerprintHint') })}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={props.onDone}>{shell('cancel')}</Button>
        <Button type="submit" look="primary" disabled={busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
