import { Readable } from 'node:stream';
import { db } from '@/lib/db/client.server.ts';
import { deidentifyOptionsSchema } from '@/lib/deidentify/schema.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { isNative } from '@/lib/dicom/uids.ts';
import type { StoredObject } from '@/lib/dimse/open-store.server.ts';
import { FALLBACKS, sendable } from '@/lib/dimse/sub-operation.server.ts';
import { MAX_TRANSCODED_BYTES, transcode } from '@/lib/dimse/transcode.ts';
import { deidentifiedObject, deidentifySecret } from '@/lib/store/deidentified-object.server.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import type { SelectedInstance } from '@/lib/store/select-instances.server.ts';
import { loadNode } from './load-node.server.ts';
import { type TransferOptions, transferOptionsSchema } from './schema.ts';
import type { RunningTransfer } from './transfer-log.server.ts';

/** An object as it goes out, in one of the encodings that are accepted; or, as a stable code, why it cannot. */
export type Outgoing = (
  instance: SelectedInstance,
  accepts: (transferSyntaxUid: string) => boolean,
) => Promise<StoredObject | string>;

/**
 * How the objects of a transfer go out: as stored, or without the patient's identity. The node is asked again before
 * each object: one that is to get no identities any more gets none from that moment on, whatever was asked for before.
 */
export function openOutgoing(transfer: RunningTransfer): Outgoing {
  let { deidentify } = transferOptionsSchema.parse(transfer.options);
  return async (instance, accepts) => {
    deidentify ??= await nowWithoutIdentity(transfer);
    if (!deidentify) return (await sendable(instance, accepts)) ?? 'no_context';
    try {
      const secret = await deidentifySecret();
      const object = await deidentifiedObject(
        blobPath(instance.sha256),
        deidentify,
        secret,
        transfer.centreId,
      );
      // Letters in pixels and the like: a person has to look, so such an object stays here, and the transfer says so.
      if (object.risks.length > 0) return object.risks.join(', ');
      return await encoded(object, accepts);
    } catch (error) {
      if (error instanceof DicomError) return error.code;
      throw error;
    }
  };
}

/** What the node wants since the transfer was asked for. Kept with the transfer, which stays so to its end. */
async function nowWithoutIdentity({ id, nodeId }: RunningTransfer): Promise<TransferOptions['deidentify']> {
  const node = await loadNode(db(), nodeId);
  if (node.deidentify === null) return undefined;
  const deidentify = deidentifyOptionsSchema.parse(node.deidentify);
  await db().transfer.updateMany({ where: { id, state: 'running' }, data: { options: { deidentify } } });
  return deidentify;
}

type Rewritten = Awaited<ReturnType<typeof deidentifiedObject>>;

async function encoded(
  { sopClassUid, sopInstanceUid, transferSyntaxUid, size, dataSet }: Rewritten,
  accepts: (transferSyntaxUid: string) => boolean,
): Promise<StoredObject | string> {
  const object = { sopClassUid, sopInstanceUid };
  if (accepts(transferSyntaxUid)) return { ...object, transferSyntaxUid, dataSet: dataSet() };
  const other = isNative(transferSyntaxUid) ? FALLBACKS.find(accepts) : undefined;
  if (other === undefined || size > MAX_TRANSCODED_BYTES) return 'no_context';
  const parts: Uint8Array[] = [];
  for await (const part of dataSet()) parts.push(part);
  const rewritten = transcode(Buffer.concat(parts), transferSyntaxUid, other);
  return { ...object, transferSyntaxUid: other, dataSet: Readable.from([rewritten]) };
}
