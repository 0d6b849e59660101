import fs from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { db } from '@/lib/db/client.server.ts';
import { isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';
import { drawFrame } from './render.server.ts';
import { instancesOf, type StoredInstance } from './study-contents.server.ts';
import { thumbnailFile } from './thumbnail-file.server.ts';

export const THUMBNAIL_SIZE = 160;

/**
 * The picture of a series: its middle image, windowed by what the pixels hold. Derived: it can be made again at any
 * time. Says `unavailable` where there are no pixels or none that can be decoded here.
 */
export async function makeThumbnail(seriesId: string): Promise<'ready' | 'unavailable'> {
  const withPixels = await db().instance.findMany({
    where: { seriesId, rows: { not: null } },
    select: { sopInstanceUid: true },
  });
  const uids = new Set(withPixels.map((one) => one.sopInstanceUid));
  const instances = (await instancesOf(seriesId)).filter((one) => uids.has(one.sopInstanceUid));
  const middle = instances[Math.floor(instances.length / 2)];
  const state = middle ? await draw(seriesId, middle) : 'unavailable';
  await db().series.updateMany({ where: { id: seriesId }, data: { thumbnail: state } });
  return state;
}

async function draw(seriesId: string, instance: StoredInstance): Promise<'ready' | 'unavailable'> {
  try {
    const frame = Math.ceil(instance.frames / 2);
    // The window of the header is often silent or odd: what the pixels hold is always right for a small picture.
    const { width, height, channels, bytes } = await drawFrame(instance, frame, { ownWindow: true });
    const { dataSet } = await readBlobHeader(blobPath(instance.sha256));
    // Uptake is read dark on white.
    if (dataSet.string('x00080060') === 'PT' && channels === 1) {
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = 255 - (bytes[at] ?? 0);
    }
    const picture = sharp(bytes, { raw: { width, height, channels } }).resize(
      THUMBNAIL_SIZE,
      THUMBNAIL_SIZE,
      {
        fit: 'contain',
        background: '#000',
      },
    );
    const target = thumbnailFile(seriesId);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await picture.webp({ quality: 80 }).toFile(`${target}.new`);
    await fs.rename(`${target}.new`, target);
    return 'ready';
  } catch (error) {
    if (!isAppError(error)) log.warn({ err: error, seriesId }, 'no thumbnail');
    return 'unavailable';
  }
}
