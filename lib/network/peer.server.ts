import type { RemoteNode } from '@/lib/db/generated/client.ts';
import type { DicomPeer, PeerTls } from '@/lib/dimse/peer.ts';
import { readTlsFiles } from '@/lib/dimse/tls-files.server.ts';
import { env } from '@/lib/env.ts';

type Address = Pick<RemoteNode, 'aeTitle' | 'host' | 'port' | 'tls' | 'certificateFingerprint'>;

/** How a node is called. With TLS, with our own certificate and the authorities that the operator put beside it. */
export async function toPeer(node: Address): Promise<DicomPeer> {
  return {
    aeTitle: node.aeTitle,
    host: node.host,
    port: node.port,
    tls: node.tls ? await peerTls(node.certificateFingerprint) : null,
    callingAeTitle: env().DICOM_AET,
  };
}

/** Our certificate and the authorities that the operator trusts, where there are any; else the fingerprint alone holds. */
async function peerTls(fingerprint: string): Promise<PeerTls> {
  return { ...(await readTlsFiles()), ...(fingerprint !== '' && { fingerprint }) };
}
