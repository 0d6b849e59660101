import fs from 'node:fs/promises';
import sharp from 'sharp';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { drawFrame, encodePicture, type PictureType } from '@/lib/store/render.server.ts';
import { type StoredInstance, seriesOf } from '@/lib/store/study-contents.server.ts';
import { thumbnailFile } from '@/lib/store/thumbnail-file.server.ts';
import { chooseType, type MediaRange } from './accept.ts';
import { type DicomWebAnswer, IMMUTABLE, REVALIDATE } from './answer.ts';
import { openInstance, openStudy } from './open.server.ts';
import type { Of } from './path.ts';
import { type RenderedParameters, readRendered } from './rendered-parameters.ts';

const TYPES: readonly PictureType[] = ['image/jpeg', 'image/png', 'image/webp'];
const THUMBNAIL = { width: 160, height: 160 };

/** Rendered instance or frame (PS3.18 10.4.1.1.3): what a screen shows, as JPEG, PNG or WebP. Several frames are 406. */
export async function rendered(
  actor: AuthenticatedActor,
  path: Of<'rendered' | 'renderedFrames'>,
  search: URLSearchParams,
  accept: readonly MediaRange[],
): Promise<DicomWebAnswer> {
  const { study, series, instance } = path;
  if (series === null || instance === null) {
    await openStudy(actor, path.caseId, study);
    throw new AppError('dicomweb_not_rendered', { params: { detail: 'one instance or frame at a time' } });
  }
  const stored = await openInstance(actor, { ...path, study, series, instance });
  const parameters = readRendered(search);
  const type = pictureType(accept);
  const frames = path.service === 'renderedFrames' ? path.frames : [1];
  const [frame = 1] = frames;
  if (frames.length > 1)
    throw new AppError('dicomweb_not_rendered', { params: { detail: 'one frame at a time' } });
  return picture(stored, frame, parameters, type);
}

function pictureType(accept: readonly MediaRange[]): PictureType {
  const type = chooseType(accept, TYPES);
  if (!type) throw new AppError('dicomweb_media_type', { params: { types: TYPES.join(', ') } });
  return type as PictureType;
}

async function picture(
  stored: StoredInstance,
  frame: number,
  parameters: RenderedParameters,
  type: PictureType,
): Promise<DicomWebAnswer> {
  const drawn = await drawFrame(stored, frame, { window: parameters.window });
  const body = await encodePicture(drawn, { type, ...parameters });
  const asked = Buffer.from(JSON.stringify([frame, parameters, type])).toString('base64url');
  const ignored = parameters.warnings.join(' ');
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': IMMUTABLE,
      vary: 'accept',
      etag: `"${stored.sha256.slice(0, 32)}-r-${asked.slice(0, 200)}"`,
      ...(ignored && { warning: `299 consilium "Not drawn: ${ignored}"` }),
    },
    body,
  };
}

/** Thumbnail (PS3.18 10.4.1.1.4) of a study, a series, an instance or its first frame. */
export async function thumbnail(
  actor: AuthenticatedActor,
  path: Of<'thumbnail'>,
  search: URLSearchParams,
  accept: readonly MediaRange[],
): Promise<DicomWebAnswer> {
  const { study, series, instance } = path;
  const { viewport = THUMBNAIL, warnings } = readRendered(search);
  if (series !== null && instance !== null) {
    const stored = await openInstance(actor, { ...path, study, series, instance });
    return picture(stored, Math.ceil(stored.frames / 2), { viewport, warnings }, pictureType(accept));
  }
  const opened = await openStudy(actor, path.caseId, study);
  const found = await seriesOf(opened, series);
  if (found.length === 0) throw new AppError('not_found');
  const [pictured] = found
    .filter((one) => one.thumbnail === 'ready')
    .sort((a, b) => b.instanceCount - a.instanceCount);
  if (!pictured) {
    const waits = found.some((one) => one.thumbnail === 'none');
    if (waits) throw new AppError('not_found'); // Made when the series has settled.
    throw new AppError('dicomweb_not_rendered', { params: { detail: 'no pixels that can be drawn' } });
  }
  const type = pictureType(accept);
  const file = await fs.readFile(thumbnailFile(pictured.id)).catch(() => undefined);
  if (!file) throw new AppError('not_found');
  const scaled = sharp(file).resize(viewport.width, viewport.height, { fit: 'inside' });
  const form = type === 'image/png' ? scaled.png() : type === 'image/webp' ? scaled.webp() : scaled.jpeg();
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': REVALIDATE,
      vary: 'accept',
      etag: `"${pictured.id}-${pictured.revision}-${type}-${viewport.width}x${viewport.height}"`,
    },
    body: await form.toBuffer(),
  };
}
