'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { EmptyState } from '@/components/ui/page.tsx';
import type { NodeRow } from '@/lib/network/schema.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import { NodeForm } from './node-form.tsx';
import { NodeLine } from './node-line.tsx';

/** The nodes that one may use, and for their administrator the ways to change them. */
export function NodeList(props: { nodes: NodeRow[]; administered: CentreSummary[] }) {
  const t = useTranslations('network');
  const [editing, setEditing] = useState<NodeRow>();
  const mayEdit = props.administered.length > 0;
  if (props.nodes.length === 0) {
    return (
      <EmptyState title={t('noNodes')}>
        {mayEdit ? t('noNodesAdmin') : t('noNodesHint')}
        {mayEdit && (
          <div className="mt-3">
            <AddNode administered={props.administered} />
          </div>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-slate-100 px-4" aria-label={t('nodes')}>
        {props.nodes.map((node) => (
          <NodeLine key={node.id} node={node} onEdit={() => setEditing(node)} />
        ))}
      </ul>
      <Dialog
        open={editing !== undefined}
        title={t('editTitle', { name: editing?.name ?? '' })}
        onClose={() => setEditing(undefined)}
      >
        {editing && (
          <NodeForm
            // A fresh form for each node and for what a refresh brought.
            key={`${editing.id} ${editing.settings?.version}`}
            node={editing}
            centres={props.administered}
            onDone={() => setEditing(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}

/** The button and dialog that describe a new node. */
export function AddNode(props: { administered: CentreSummary[] }) {
  const t = useTranslations('network');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
      <Dialog open={open} title={t('addTitle')} onClose={() => setOpen(false)}>
        <NodeForm centres={props.administered} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
