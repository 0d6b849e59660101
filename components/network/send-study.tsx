'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { NodeRow } from '@/lib/network/schema.ts';
import { TransferLine } from './transfer-line.tsx';
import { useTransfers } from './use-transfers.ts';

type Sent = { id: string; centreId: string };

/** “Send to…” on a study's page: a button, and a dialog that shows how far each sending has come. */
export function SendStudy({ study }: { study: Sent }) {
  const t = useTranslations('network');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('send')}</Button>
      <Dialog open={open} title={t('sendTitle')} onClose={() => setOpen(false)} wide>
        <SendDialog study={study} />
      </Dialog>
    </>
  );
}

function SendDialog(props: { study: Sent }) {
  const t = useTranslations('network');
  const say = useProblem();
  const { nodes, problem: unread } = useNodes(props.study.centreId);
  const moving = useTransfers([], props.study.id);
  const { refresh } = moving;
  const [nodeId, setNodeId] = useState('');
  const [deidentify, setDeidentify] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => void refresh(), [refresh]);

  const chosen = nodes?.find(({ id }) => id === nodeId) ?? nodes?.[0];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await api('POST', `/api/studies/${props.study.id}/send`, {
        nodeId: chosen.id,
        deidentify: deidentify || chosen.deidentifies,
      });
      toast.success(t('sending', { name: chosen.name }));
      await refresh();
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  const wrong = problem ?? unread;
  const sendings = moving.transfers.filter(({ direction }) => direction === 'push');
  return (
    <form onSubmit={submit} className="space-y-3">
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      {nodes?.length === 0 && <Notice>{t('noNodeToSend')}</Notice>}
      {nodes && nodes.length > 0 && (
        <Field label={t('node')} hint={t('sendHint')}>
          {(control) => (
            <select
              {...control}
              className="field"
              value={chosen?.id ?? ''}
              onChange={(event) => setNodeId(event.target.value)}
            >
              {nodes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {chosen && (
        <div>
          <label className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-teal-800"
              checked={deidentify || chosen.deidentifies}
              disabled={chosen.deidentifies}
              onChange={(event) => setDeidentify(event.target.checked)}
            />
            {t('withoutIdentity')}
          </label>
          <p className="text-xs text-slate-600">
            {chosen.deidentifies ? t('alwaysDeidentified') : t('withoutIdentityHint')}
          </p>
        </div>
      )}
      {sendings.length > 0 && (
        <ul className="max-h-72 divide-y divide-slate-100 overflow-y-auto" aria-label={t('sentBefore')}>
          {sendings.map((transfer) => (
            <TransferLine key={transfer.id} transfer={transfer} onChange={refresh} />
          ))}
        </ul>
      )}
      <div className="flex justify-end gap-2 pt-1">
        {nodes && nodes.length > 0 && (
          <Button type="submit" look="primary" disabled={busy}>
            {t('sendAction')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The nodes that a centre's studies can be sent to. */
function useNodes(centreId: string): { nodes: NodeRow[] | undefined; problem: string | undefined } {
  const say = useProblem();
  const [nodes, setNodes] = useState<NodeRow[]>();
  const [problem, setProblem] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` is another function at every drawing.
  useEffect(() => {
    let current = true;
    api<{ nodes: NodeRow[] }>('GET', '/api/network/nodes').then(
      (answer) => {
        if (current) setNodes(answer.nodes.filter((node) => node.centreId === centreId && node.may.query));
      },
      (error: unknown) => {
        if (current) setProblem(say(error));
      },
    );
    return () => {
      current = false;
    };
  }, [centreId]);
  return { nodes, problem };
}
