import sharp from 'sharp';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { secondaryCapture } from '@/lib/dicom/secondary-capture.ts';
import { AppError } from '@/lib/errors.ts';
import { type ExportedKeyView, exported, identityOf } from './export-key-view.server.ts';
import { imageOf } from './load-image.server.ts';

/** Larger ones are no picture of a screen. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;
const MAX_PIXELS = 64_000_000;

/**
 * A picture of a key view, as the viewer took it, as a Secondary Capture image in the study of its first image. Audited.
 * Throws `not_found`, `key_view_image_missing`, `unsupported_media_type` for what is no PNG.
 * @param readPng asked only once it is known that the actor may
 */
export async function captureKeyView(
  actor: AuthenticatedActor,
  at: { caseId: string; id: string },
  readPng: () => Promise<Uint8Array>,
): Promise<ExportedKeyView> {
  return exported(actor, at, 'secondary-capture', async (row, view) => {
    const state = view.viewports.find((one) => one.seriesUid !== null);
    if (!state) throw new AppError('key_view_image_missing');
    const { shown } = await imageOf(actor, at.caseId, state);
    return secondaryCapture({
      image: shown.header,
      identity: identityOf(row, 'secondary-capture', shown),
      picture: await pixelsOf(await readPng()),
    });
  });
}

async function pixelsOf(png: Uint8Array): Promise<{ rows: number; columns: number; rgb: Uint8Array }> {
  try {
    const image = sharp(png, { limitInputPixels: MAX_PIXELS });
    if ((await image.metadata()).format !== 'png') throw new AppError('unsupported_media_type');
    const { data, info } = await image
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { rows: info.height, columns: info.width, rgb: new Uint8Array(data) };
  } catch (cause) {
    throw new AppError('unsupported_media_type', { cause });
  }
}
