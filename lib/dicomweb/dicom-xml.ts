import { randomUUID } from 'node:crypto';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { nativeXml } from '@/lib/dicom/native-xml.ts';
import { AppError } from '@/lib/errors.ts';
import { covers, type MediaRange } from './accept.ts';
import { DICOM_JSON } from './answer.ts';

const DICOM_XML = 'application/dicom+xml';

/**
 * In which form attributes are wanted: JSON, or XML, whose data sets go as parts (PS3.18 8.7.3). Throws
 * `dicomweb_media_type` for neither.
 */
export function chooseAttributes(accept: readonly MediaRange[]): 'json' | 'xml' {
  for (const { type, part } of accept) {
    if (covers(type, DICOM_JSON) || covers(type, 'application/json')) return 'json';
    if (type === 'multipart/related' && (part === '' || covers(part, DICOM_XML))) return 'xml';
  }
  throw new AppError('dicomweb_media_type', {
    params: { types: `${DICOM_JSON}, multipart/related; type="${DICOM_XML}"` },
  });
}

/** Data sets as parts of one body, each an XML document of the Native DICOM Model. */
export function xmlParts(dataSets: readonly DicomJson[]): { type: string; body: string } {
  const boundary = randomUUID();
  const parts = dataSets.map(nativeXml).map((xml) => {
    const head = `Content-Type: ${DICOM_XML}\r\nContent-Length: ${Buffer.byteLength(xml)}`;
    return `--${boundary}\r\n${head}\r\n\r\n${xml}\r\n`;
  });
  return {
    type: `multipart/related; type="${DICOM_XML}"; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}
