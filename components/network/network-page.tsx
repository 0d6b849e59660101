'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import type { ListenerView, NodeRow, QueryAnswer, TransferRow } from '@/lib/network/schema.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import { AddNode, NodeList } from './node-list.tsx';
import { QueryForm } from './query-form.tsx';
import { QueryResults } from './query-results.tsx';
import { TransferList } from './transfer-list.tsx';
import { UnknownCallers } from './unknown-callers.tsx';
import { useTransfers } from './use-transfers.ts';

type Found = { node: NodeRow; answer: QueryAnswer };

/** Everything about other nodes: ask them, see what moves, and for administrators describe them. */
export function NetworkPage(props: {
  nodes: NodeRow[];
  transfers: TransferRow[];
  /** The centres whose nodes the actor looks after. */
  administered: CentreSummary[];
  listener: ListenerView | null;
}) {
  const t = useTranslations('network');
  const moving = useTransfers(props.transfers);
  const [found, setFound] = useState<Found>();
  const askable = props.nodes.filter(({ may }) => may.query);
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          props.administered.length > 0 &&
          props.nodes.length > 0 && <AddNode administered={props.administered} />
        }
      />
      <div className="space-y-6">
        {askable.length > 0 && (
          <Card title={t('query')}>
            <QueryForm nodes={askable} onAnswer={(node, answer) => setFound(answer && { node, answer })} />
            {found && (
              <div className="mt-4">
                <QueryResults {...found} onFetch={moving.refresh} />
              </div>
            )}
          </Card>
        )}
        {(props.nodes.length > 0 || props.transfers.length > 0) && (
          <section aria-label={t('transfers')}>
            <h2 className="mb-2">{t('transfers')}</h2>
            <TransferList {...moving} />
          </section>
        )}
        <section aria-label={t('nodes')}>
          <h2 className="mb-2">{t('nodes')}</h2>
          <NodeList nodes={props.nodes} administered={props.administered} />
        </section>
        {props.listener && (
          <UnknownCallers
            key={props.listener.centreId}
            listener={props.listener}
            administered={props.administered}
          />
        )}
      </div>
    </>
  );
}
