import type { DicomJson } from '@/lib/dicom/json.ts';
import { COMMAND } from './command-set.ts';
import { decodeDataSet } from './decode-data-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { DimseError } from './errors.ts';
import { answer, checkStatus, contextOf, MAX_IDENTIFIER_BYTES, NATIVE_SYNTAXES } from './exchange.server.ts';
import type { DicomPeer } from './peer.ts';
import { requestAssociation } from './request-association.server.ts';
import { FIND, type Root } from './sop-classes.ts';

/**
 * C-FIND (PS3.4 C.4.1): each match as it comes, text decoded. Leaving the loop early, or the signal, cancels the query.
 * @param query the identifier with its Query/Retrieve Level; empty values ask for what they name
 */
export async function* find(
  peer: DicomPeer,
  query: { root: Root; identifier: DicomJson; signal?: AbortSignal },
): AsyncGenerator<DicomJson> {
  const sopClass = FIND[query.root];
  const association = await requestAssociation(
    peer,
    [{ abstractSyntax: sopClass, transferSyntaxes: NATIVE_SYNTAXES }],
    { signal: query.signal },
  );
  let complete = false;
  try {
    const { id, transferSyntax } = contextOf(association, sopClass);
    await association.send(
      id,
      {
        commandField: COMMAND.findRq,
        affectedSopClassUid: sopClass,
        messageId: association.nextMessageId(),
        priority: 0,
        hasDataSet: true,
      },
      encodeDataSet(withCharacterSet(query.identifier), transferSyntax),
    );
    for (;;) {
      const { command, dataSet } = await answer(association);
      if (checkStatus(command) === 0) break;
      if (!dataSet) continue;
      yield decodeDataSet(await dataSet.whole(MAX_IDENTIFIER_BYTES), transferSyntax);
    }
    complete = true;
    await association.release();
  } catch (error) {
    if (query.signal?.aborted) throw new DimseError('cancelled');
    throw error;
  } finally {
    // Breaking off ends the query as surely as C-CANCEL would, and does not wait for an answer to it.
    if (!complete) association.abort();
  }
}

/** Text travels as UTF-8, said only where there is any beyond ASCII: old nodes do not know the character set. */
export function withCharacterSet(identifier: DicomJson): DicomJson {
  const { '00080005': _, ...rest } = identifier;
  const text = JSON.stringify(rest);
  const plain = Buffer.byteLength(text) === text.length;
  return plain ? rest : { '00080005': { vr: 'CS', Value: ['ISO_IR 192'] }, ...rest };
}
