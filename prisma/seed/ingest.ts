import type { Actor } from '@/lib/auth/policy.ts';
import type { PhantomFile } from '@/lib/phantom/hodgkin.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';

const PARALLEL = 4;

/** Brings files through the one way in; those that are there already are known. Throws when one is not taken. */
export async function ingestFiles(
  actor: Actor,
  centreId: string,
  files: Iterable<PhantomFile>,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const queue = files[Symbol.iterator]();
  let done = 0;
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { path, bytes } = next.value;
      const result = await ingestInstance({ actor, centreId, source: once(bytes), sourceName: path });
      if (result.outcome !== 'taken' && result.outcome !== 'known')
        throw new Error(`${path} was ${result.outcome}: ${result.reason} ${result.detail}`);
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
