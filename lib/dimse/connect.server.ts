import net from 'node:net';
import tls from 'node:tls';
import { DimseError } from './errors.ts';
import type { DicomPeer, PeerTls } from './peer.ts';
import { sameFingerprint, TLS_PROFILE } from './tls-profile.ts';

const CONNECT_MS = 15_000;

/**
 * Opens the connection to another node. Throws DimseError `connection_refused`, `unreachable`, `timeout`,
 * `tls_failed` or `cancelled`.
 */
export async function connect(peer: DicomPeer, signal?: AbortSignal): Promise<net.Socket> {
  if (signal?.aborted) throw new DimseError('cancelled');
  const target = { host: peer.host, port: peer.port };
  const socket = peer.tls
    ? tls.connect({ ...target, ...tlsOptions(peer.tls, peer.host) })
    : net.connect(target);
  const cancel = () => socket.destroy(new DimseError('cancelled'));
  signal?.addEventListener('abort', cancel);
  const timer = setTimeout(() => socket.destroy(new DimseError('timeout', 'no connection')), CONNECT_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(peer.tls ? 'secureConnect' : 'connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed')));
    });
    if (peer.tls?.fingerprint && socket instanceof tls.TLSSocket) {
      const shown = socket.getPeerCertificate().fingerprint256 ?? '';
      if (!sameFingerprint(shown, peer.tls.fingerprint)) {
        throw new DimseError('tls_failed', 'the certificate has another fingerprint');
      }
    }
    return socket;
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw connectError(error, peer.tls !== null);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * A hospital's own authority or a pinned fingerprint stands for the node itself; a host name is checked only where the
 * public authorities are trusted, which sign for anybody.
 */
function tlsOptions(peer: PeerTls, host: string): tls.ConnectionOptions {
  const own = peer.ca !== undefined || peer.fingerprint !== undefined;
  return {
    ...TLS_PROFILE,
    ...(peer.ca !== undefined && { ca: peer.ca }),
    ...(peer.cert !== undefined && { cert: peer.cert }),
    ...(peer.key !== undefined && { key: peer.key }),
    ...(net.isIP(host) === 0 && { servername: host }),
    // With neither authority nor public trust, the fingerprint alone must hold.
    rejectUnauthorized: peer.ca !== undefined || peer.fingerprint === undefined,
    ...(own && { checkServerIdentity: () => undefined }),
  };
}

function connectError(error: unknown, secure: boolean): DimseError {
  if (error instanceof DimseError) return error;
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return new DimseError('connection_refused', '', { cause: error });
  if (/^(ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code))
    return new DimseError('unreachable', code, { cause: error });
  if (code === 'ETIMEDOUT') return new DimseError('timeout', 'no connection', { cause: error });
  return new DimseError(secure ? 'tls_failed' : 'unreachable', code || message, { cause: error });
}
