import { db } from '@/lib/db/client.server.ts';
import type { RemoteNode } from '@/lib/db/generated/client.ts';
import type { DicomPeer } from '@/lib/dimse/peer.ts';
import { env } from '@/lib/env.ts';
import { readListenerSettings } from './listener.server.ts';
import { addressesOf } from './node-address.server.ts';
import { toPeer } from './peer.server.ts';
import { plainAddress } from './rules.ts';

/** A configured node at the other end of an association, with what it may do here. */
export type AdmittedNode = {
  id: string;
  centreId: string;
  aeTitle: string;
  mayStore: boolean;
  mayQuery: boolean;
  mayRetrieve: boolean;
  /** Of a node that may not store, and brings what we fetch from it. */
  wanted?: (studyUid: string) => Promise<boolean>;
};
export type Admission =
  | { kind: 'node'; node: AdmittedNode }
  | { kind: 'quarantine'; centreId: string }
  | { kind: 'refuse' };

/**
 * Who calls. An AE title alone proves nothing, so a node is recognised by its title and by its certificate's
 * fingerprint where one is set, else by its address (and by a certificate of a trusted authority where it uses TLS).
 * A caller that no node describes so gets what the administrators decided. Of several nodes that fit, the one that
 * was described first counts: nobody takes over another centre's node by describing it again.
 * @param certificateFingerprint SHA-256 of the client's verified certificate, in any usual form; null without TLS or
 *   without a certificate
 */
export async function admit(
  callingAeTitle: string,
  calledAeTitle: string,
  remoteAddress: string,
  certificateFingerprint: string | null,
): Promise<Admission> {
  if (calledAeTitle.trim() !== env().DICOM_AET.trim()) return { kind: 'refuse' };
  const aeTitle = callingAeTitle.trim();
  const caller = {
    address: plainAddress(remoteAddress),
    fingerprint: certificateFingerprint?.replace(/[^0-9a-f]/gi, '').toLowerCase() ?? null,
  };
  const candidates = await db().remoteNode.findMany({
    where: { aeTitle, disabledAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  for (const node of candidates) {
    if (!(await isCaller(node, caller))) continue;
    const { id, centreId, mayStore, mayQuery, mayRetrieve } = node;
    // What we asked it to send us, it may; each object is looked at, as the association may outlast the fetching.
    const asked = mayStore || (await isPulledFrom(id));
    const wanted = (studyInstanceUid: string) => isPulledFrom(id, studyInstanceUid);
    // What goes to this node is de-identified, which only a sending does: it may not take, nor ask for, what is stored.
    const plain = node.deidentify === null;
    const rights = { mayStore: asked, mayQuery: mayQuery && plain, mayRetrieve: mayRetrieve && plain };
    return { kind: 'node', node: { id, centreId, aeTitle, ...rights, ...(!mayStore && { wanted }) } };
  }
  const settings = await readListenerSettings();
  return settings.unknownCallers === 'quarantine' && settings.centreId
    ? { kind: 'quarantine', centreId: settings.centreId }
    : { kind: 'refuse' };
}

async function isCaller(
  node: RemoteNode,
  caller: { address: string; fingerprint: string | null },
): Promise<boolean> {
  // A certificate says more than an address, which changes behind a gateway.
  if (node.certificateFingerprint !== '') return caller.fingerprint === node.certificateFingerprint;
  if (node.tls && caller.fingerprint === null) return false;
  return (await addressesOf(node.host)).includes(caller.address);
}

/** Whether we fetch from it now: anything, or that very study. */
async function isPulledFrom(nodeId: string, studyInstanceUid?: string): Promise<boolean> {
  const pull = { nodeId, direction: 'pull', state: 'running', studyInstanceUid } as const;
  return (await db().transfer.count({ where: pull, take: 1 })) > 0;
}

/**
 * Where a C-MOVE for a centre may send: to a node of that very centre, by its AE title. A node that gets only
 * de-identified objects is none: a C-MOVE sends what is stored.
 */
export async function destination(aeTitle: string, forCentreId: string): Promise<DicomPeer | undefined> {
  const node = await db().remoteNode.findFirst({
    where: { aeTitle: aeTitle.trim(), centreId: forCentreId, disabledAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return node && node.deidentify === null ? toPeer(node) : undefined;
}
