import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { NetworkPage } from '@/components/network/network-page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound } from '@/lib/http/page.server.ts';
import { listNodes } from '@/lib/network/list-nodes.server.ts';
import { listTransfers } from '@/lib/network/list-transfers.server.ts';
import { readListener } from '@/lib/network/listener.server.ts';
import { centresWhere } from '@/lib/people/list-centres.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('network'))('title') };
}

export default async function Network() {
  const actor = await requireActor('/network');
  const [askable, administered] = await Promise.all([
    centresWhere(actor, 'centre.query-nodes'),
    centresWhere(actor, 'centre.nodes'),
  ]);
  if (askable.length + administered.length === 0) notFound();
  const [nodes, transfers, listener] = await Promise.all([
    listNodes(actor),
    orNotFound(listTransfers(actor, {})),
    administered.length > 0 ? readListener(actor) : null,
  ]);
  return <NetworkPage nodes={nodes} transfers={transfers} administered={administered} listener={listener} />;
}
