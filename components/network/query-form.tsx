'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { boardModalities } from '@/lib/dicom/modalities.ts';
import { api } from '@/lib/http/api-client.ts';
import { type NodeRow, type QueryAnswer, queryNodeSchema } from '@/lib/network/schema.ts';

const empty = { patientName: '', patientId: '', accessionNumber: '', modality: '', from: '', to: '' };

/** Asks one node for studies. What is typed stays through every refusal. */
export function QueryForm(props: {
  nodes: NodeRow[];
  onAnswer: (node: NodeRow, answer: QueryAnswer | undefined) => void;
}) {
  const t = useTranslations('network');
  const say = useProblem();
  const [nodeId, setNodeId] = useState(props.nodes[0]?.id ?? '');
  const [form, setForm] = useState(empty);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form: formElement, toFirstWrong } = useFirstWrong();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const node = props.nodes.find(({ id }) => id === nodeId) ?? props.nodes[0];
    if (!node) return;
    const query = { ...form, from: form.from.replaceAll('-', ''), to: form.to.replaceAll('-', '') };
    const parsed = queryNodeSchema.safeParse(query);
    const nothing = Object.values(form).every((value) => value.replace(/[*?\s]/g, '') === '');
    setProblem(nothing ? t('needKey') : undefined);
    setWrong(new Set(nothing ? [] : parsed.error?.issues.map((issue) => String(issue.path[0]))));
    if (!parsed.success) return toFirstWrong();
    setBusy(true);
    props.onAnswer(node, undefined);
    try {
      props.onAnswer(
        node,
        await api<QueryAnswer>('POST', `/api/network/nodes/${node.id}/query`, parsed.data),
      );
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };

  const text = (name: 'patientName' | 'patientId' | 'accessionNumber', label: string, hint?: string) => (
    <Field label={label} hint={hint} error={wrong.has(name) ? t('wrongKey') : undefined}>
      {(control) => (
        <input
          {...control}
          className="field"
          name={name}
          autoComplete="off"
          maxLength={name === 'accessionNumber' ? 16 : 64}
          value={form[name]}
          onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const date = (name: 'from' | 'to') => (
    <Field label={t(name)}>
      {(control) => (
        <input
          {...control}
          type="date"
          className="field"
          name={name}
          value={form[name]}
          onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form ref={formElement} onSubmit={submit} noValidate className="space-y-3" aria-label={t('query')}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('node')}>
          {(control) => (
            <select
              {...control}
              className="field"
              value={nodeId}
              onChange={(event) => setNodeId(event.target.value)}
            >
              {props.nodes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {text('patientName', t('patientName'), t('patientNameHint'))}
        {text('patientId', t('patientId'))}
        {text('accessionNumber', t('accession'))}
        <Field label={t('modality')}>
          {(control) => (
            <select
              {...control}
              className="field"
              value={form.modality}
              onChange={(event) => setForm({ ...form, modality: event.target.value })}
            >
              <option value="">{t('anyModality')}</option>
              {boardModalities.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
        {date('from')}
        {date('to')}
        <div className="self-end">
          <Button type="submit" look="primary" disabled={busy} className="w-full sm:w-auto">
            {busy ? t('searching') : t('search')}
          </Button>
        </div>
      </div>
    </form>
  );
}
