import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { ExportPlan } from './export-plan.server.ts';

/** Pixels hardly shrink, and a zip that is only stored has a size that is known beforehand. */
const ENTRY = { compress: false, mode: 0o100644 } as const;

/**
 * The plan as a zip, streamed one object after the other; the directory comes first. An object that fails on the way
 * breaks the stream off: a zip that is whole is complete.
 */
export async function exportZip(plan: ExportPlan): Promise<{ stream: Readable; size: number }> {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | undefined;
  zip.on('error', (error: Error) => output.destroy(error));
  // Whoever stops downloading leaves no file open.
  output.once('close', () => current?.destroy());
  zip.addBuffer(Buffer.from(plan.dicomdir), 'DICOMDIR', ENTRY);
  for (const { name, size, open } of plan.objects)
    zip.addReadStreamLazy(name, { ...ENTRY, size }, (done) => {
      open().then(
        (bytes) => {
          current = Readable.from(bytes, { objectMode: false, highWaterMark: 1 << 20 });
          current.on('error', (error) => output.destroy(error));
          if (output.destroyed) current.destroy();
          else done(null, current);
        },
        (error: Error) => output.destroy(error),
      );
    });
  const size = await new Promise<number>((resolve) => {
    zip.end(undefined, resolve as () => void);
  });
  return { stream: output, size };
}
