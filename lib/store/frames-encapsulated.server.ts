import fs from 'node:fs/promises';
import { AppError } from '@/lib/errors.ts';

/** A stretch of the stored file. */
export type Span = { offset: number; length: number };

const ITEM = 0xfffee000;

/**
 * Walks the items of encapsulated pixel data (PS3.5 A.4) and groups the fragments into frames: one each, or by the
 * basic offset table. Throws `dicom_unreadable` when the frames cannot be told apart.
 * @param start where the first item, the offset table, begins
 */
export async function encapsulatedFrames(
  file: string,
  start: number,
  size: number,
  count: number,
): Promise<Span[][]> {
  const handle = await fs.open(file, 'r');
  try {
    const header = Buffer.alloc(8);
    const items: Span[] = [];
    for (let at = start; at + 8 <= size; ) {
      await handle.read(header, 0, 8, at);
      const tag = header.readUInt16LE(0) * 0x10000 + header.readUInt16LE(2);
      const length = header.readUInt32LE(4);
      if (tag !== ITEM || at + 8 + length > size) break;
      items.push({ offset: at + 8, length });
      at += 8 + length;
    }
    const [table, ...fragments] = items;
    if (!table || fragments.length === 0) throw unreadable('no fragment');
    if (count === 1) return [fragments];
    if (fragments.length === count) return fragments.map((fragment) => [fragment]);
    if (table.length < 4 * count) throw unreadable('frames cannot be told apart');
    const { buffer } = await handle.read(Buffer.alloc(table.length), 0, table.length, table.offset);
    const first = (fragments[0]?.offset ?? 0) - 8;
    const starts = Array.from({ length: count }, (_, index) => first + buffer.readUInt32LE(4 * index));
    return starts.map((from, index) => {
      const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
      return fragments.filter(({ offset }) => offset - 8 >= from && offset - 8 < to);
    });
  } finally {
    await handle.close();
  }
}

const unreadable = (detail: string) => new AppError('dicom_unreadable', { params: { detail } });
