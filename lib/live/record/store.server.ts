import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { db } from '@/lib/db/client.server.ts';
import type { RecordBlock } from './block.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** A block with where it belongs: its span is a stretch of time without a gap. `until`: its last entry, ms since 1970. */
export type KeptBlock = { id: string; spanId: string; until: number; block: RecordBlock };

/** A block as bytes: brotli of its JSON. The same block is packed again every second, so quality is not the highest. */
export function packBlock(block: RecordBlock): Promise<Buffer> {
  return compress(JSON.stringify(block), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

const shape = z.object({ from: z.number(), entries: z.array(z.array(z.unknown())) });

/** What `packBlock` packed. Throws for bytes that are none of its. */
export async function unpackBlock(bytes: Uint8Array): Promise<RecordBlock> {
  return shape.parse(JSON.parse((await decompress(bytes)).toString('utf8'))) as unknown as RecordBlock;
}

/** Writes a block, or what was added to it. It names no patient: UIDs and millimetres, so no audit row. */
export async function saveRecordBlock(
  sessionId: string,
  { id, spanId, until, block }: KeptBlock,
): Promise<void> {
  const data = new Uint8Array(await packBlock(block));
  const untilAt = new Date(until);
  await db().recordBlock.upsert({
    where: { id },
    create: { id, sessionId, spanId, fromAt: new Date(block.from), untilAt, data },
    update: { untilAt, data },
  });
}

/** All blocks of a session's record in the order of their times. */
export async function loadRecordBlocks(sessionId: string): Promise<KeptBlock[]> {
  const rows = await db().recordBlock.findMany({
    where: { sessionId },
    orderBy: [{ fromAt: 'asc' }, { id: 'asc' }],
  });
  return Promise.all(
    rows.map(async ({ id, spanId, untilAt, data }) => ({
      id,
      spanId,
      until: untilAt.getTime(),
      block: await unpackBlock(data),
    })),
  );
}
