import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { DicomWebError, FRAME } from './dicom-web.ts';
import { wholeBody } from './frame-memory.ts';

const LITTLE_ENDIAN = new Set([IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN]);

/** Whether the pixels of that transfer syntax can be read as they come. */
export const isLittleEndian = (transferSyntaxUid: string): boolean => LITTLE_ENDIAN.has(transferSyntaxUid);

/**
 * An uncompressed frame; null when the server gives it in another transfer syntax.
 * @throws DicomWebError
 */
export async function nativeFrame(imageId: string, init: RequestInit = {}): Promise<ArrayBuffer | null> {
  const response = await fetch(imageId.slice('wadors:'.length), { ...init, headers: { accept: FRAME } });
  if (!response.ok) throw new DicomWebError(response.status);
  const syntax = /transfer-syntax="?([\d.]+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  return isLittleEndian(syntax) ? wholeBody(response) : null;
}
