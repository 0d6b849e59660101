import { log } from '@/lib/log.server.ts';
import type { Listener } from './listener.server.ts';
import type { TlsFiles } from './tls-files.server.ts';

/** Certificates last for months: nobody waits for this. */
const LOOK_MS = 30_000;

/**
 * Looks at the TLS files again and again, and lets the listener show what is new of them. Files that do not fit
 * together, as while an operator puts one after the other in its place, change nothing: the log says it once for each
 * state of them, and the next look sees the rest. Returns how to stop.
 */
export function renewWhenChanged(
  listener: Pick<Listener, 'renewTls'>,
  inUse: TlsFiles,
  read: () => Promise<TlsFiles | undefined>,
  everyMs = LOOK_MS,
): () => void {
  let seen = JSON.stringify(inUse);
  let trouble = '';
  const look = async () => {
    try {
      const files = await read();
      const now = JSON.stringify(files);
      if (!files || now === seen) return;
      seen = now;
      listener.renewTls(files);
      trouble = '';
      log.info('DICOM over TLS goes on with the renewed certificates');
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) log.error({ reason: message }, 'The renewed TLS files cannot be used');
      trouble = message;
    }
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
