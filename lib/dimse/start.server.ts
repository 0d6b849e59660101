import type { Env } from '@/lib/env.ts';
import { type Listener, type ListenerOptions, startListener } from './listener.server.ts';
import { readTlsFiles } from './tls-files.server.ts';
import { renewWhenChanged } from './tls-renewal.server.ts';

/**
 * Opens the DICOM door as the environment has it; the one with TLS only where the operator put a certificate. Throws
 * an Error with one clear line when a port is taken or the TLS files are not complete.
 */
export async function startDimse(
  env: Env,
  callers: Required<Pick<ListenerOptions, 'admit' | 'destination'>>,
): Promise<Listener> {
  const tls = await readTlsFiles();
  const listener = await startListener({
    host: env.HOST,
    port: env.DICOM_PORT,
    aeTitle: env.DICOM_AET,
    ...(tls && { tls, tlsPort: env.DICOM_TLS_PORT }),
    ...callers,
  });
  if (!tls) return listener;
  const stop = renewWhenChanged(listener, tls, readTlsFiles);
  return {
    ...listener,
    close: () => {
      stop();
      return listener.close();
    },
  };
}
