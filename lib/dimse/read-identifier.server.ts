import type { DicomJson } from '@/lib/dicom/json.ts';
import type { DataSetStream } from './data-set-stream.ts';
import { decodeDataSet } from './decode-data-set.ts';
import { MAX_IDENTIFIER_BYTES } from './exchange.server.ts';
import { IdentifierError, TAG } from './query-identifier.ts';

/** What a query or retrieval asks for. Throws IdentifierError without one, RangeError for one beyond measure. */
export async function readIdentifier(
  dataSet: DataSetStream | null,
  transferSyntaxUid: string,
): Promise<DicomJson> {
  if (!dataSet) throw new IdentifierError('no identifier', TAG.level);
  return decodeDataSet(await dataSet.whole(MAX_IDENTIFIER_BYTES), transferSyntaxUid);
}
