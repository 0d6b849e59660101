'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { NodeRow } from '@/lib/network/schema.ts';
import { useNetworkReason, useWhen } from './use-network-words.ts';

/** One node: how it is called, and whether it answered when it was last asked. */
export function NodeLine({ node, onEdit }: { node: NodeRow; onEdit: () => void }) {
  const t = useTranslations('network');
  const { settings } = node;
  const facts = [
    node.aeTitle,
    settings && `${settings.host}:${settings.port}`,
    settings?.tls && 'TLS',
    node.centreCode,
  ];
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {node.name}
          {node.deidentifies && <Badge>{t('deidentified')}</Badge>}
          {node.disabled && <Badge tone="warn">{t('off')}</Badge>}
        </p>
        <p className="text-xs break-all text-slate-600">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <EchoState node={node} />
      {settings && <NodeActions node={node} version={settings.version} onEdit={onEdit} />}
    </li>
  );
}

function EchoState({ node }: { node: NodeRow }) {
  const t = useTranslations('network');
  const reason = useNetworkReason();
  const when = useWhen();
  if (!node.lastEchoAt) return <Badge>{t('notTested')}</Badge>;
  if (node.lastEchoProblem === '')
    return <Badge tone="good">{t('answered', { when: when(node.lastEchoAt) })}</Badge>;
  return (
    <span className="max-w-sm text-sm">
      <Badge tone="bad">{t('didNotAnswer', { when: when(node.lastEchoAt) })}</Badge>{' '}
      {reason(node.lastEchoProblem)}
    </span>
  );
}

function NodeActions(props: { node: NodeRow; version: number; onEdit: () => void }) {
  const t = useTranslations('network');
  const router = useRouter();
  const say = useProblem();
  const reason = useNetworkReason();
  const [busy, setBusy] = useState<'test' | 'state'>();
  const { id, name, disabled } = props.node;
  const act = async (what: 'test' | 'state', work: () => Promise<void>) => {
    setBusy(what);
    try {
      await work();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(undefined);
      router.refresh();
    }
  };
  const test = () =>
    act('test', async () => {
      const { problem } = await api<{ problem: string | null }>('POST', `/api/network/nodes/${id}/test`);
      if (problem) showProblem(t('testBad', { name, reason: reason(problem) }));
      else toast.success(t('testGood', { name }));
    });
  const setState = () =>
    act('state', async () => {
      const body = { disabled: !disabled, version: props.version };
      await api('PUT', `/api/network/nodes/${id}/state`, body);
      toast.success(disabled ? t('nowOn', { name }) : t('nowOff', { name }));
    });
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabled={busy !== undefined} aria-label={t('testName', { name })} onClick={() => void test()}>
        {busy === 'test' ? t('testing') : t('test')}
      </Button>
      <Button disabled={busy !== undefined} aria-label={t('editName', { name })} onClick={props.onEdit}>
        {t('edit')}
      </Button>
      <Button
        look="quiet"
        disabled={busy !== undefined}
        aria-label={disabled ? t('switchOnName', { name }) : t('switchOffName', { name })}
        onClick={() => void setState()}
      >
        {disabled ? t('switchOn') : t('switchOff')}
      </Button>
    </div>
  );
}
