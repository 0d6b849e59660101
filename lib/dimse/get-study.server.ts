import type { DicomJson } from '@/lib/dicom/json.ts';
import type { Association, Message } from './association.server.ts';
import { COMMAND } from './command-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { answer, checkStatus, contextOf, NATIVE_SYNTAXES, within } from './exchange.server.ts';
import { withCharacterSet } from './find.server.ts';
import { MAX_CONTEXTS } from './pdu.ts';
import type { DicomPeer } from './peer.ts';
import { type ProposedService, requestAssociation } from './request-association.server.ts';
import { COMPRESSED_SYNTAXES, GET, RETRIEVED_CLASSES } from './sop-classes.ts';
import { type Progress, progressOf, SOME_FAILED } from './sub-operations.ts';

export type ReceivedObject = {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** Without preamble and file meta, in that transfer syntax; to be read before the answer. */
  dataSet: AsyncIterable<Uint8Array>;
};

/**
 * C-GET on the study root (PS3.4 C.4.3): objects come on the association that asked for them. `onObject` answers each
 * with its DIMSE status. Throws DimseError; objects that failed are counted, not thrown.
 * @param request.sopClasses the storage classes to offer, where they are known; else the common ones
 */
export async function getStudy(
  peer: DicomPeer,
  request: {
    identifier: DicomJson;
    onObject: (object: ReceivedObject) => Promise<number>;
    onProgress?: (progress: Progress) => void;
    signal?: AbortSignal;
    sopClasses?: readonly string[];
  },
): Promise<{ completed: number; failed: number; warning: number }> {
  const { signal } = request;
  const association = await requestAssociation(peer, services(request.sopClasses), { signal });
  return within(
    association,
    async () => {
      const { id, transferSyntax } = contextOf(association, GET.study);
      await association.send(
        id,
        {
          commandField: COMMAND.getRq,
          affectedSopClassUid: GET.study,
          messageId: association.nextMessageId(),
          priority: 0,
          hasDataSet: true,
        },
        encodeDataSet(withCharacterSet(request.identifier), transferSyntax),
      );
      for (;;) {
        const message = await answer(association);
        if (message.command.commandField === COMMAND.storeRq) {
          await take(association, message, request.onObject);
          continue;
        }
        const { remaining, ...counts } = progressOf(message.command);
        request.onProgress?.({ remaining, ...counts });
        if (message.command.status === SOME_FAILED || checkStatus(message.command) === 0) return counts;
      }
    },
    signal,
  );
}

/** Compressed and native syntaxes in contexts of their own: what is kept compressed comes as it is kept. */
function services(sopClasses: readonly string[] = RETRIEVED_CLASSES): ProposedService[] {
  return [
    { abstractSyntax: GET.study, transferSyntaxes: NATIVE_SYNTAXES },
    ...sopClasses.flatMap((abstractSyntax) => [
      { abstractSyntax, transferSyntaxes: NATIVE_SYNTAXES, receive: true },
      { abstractSyntax, transferSyntaxes: [...COMPRESSED_SYNTAXES], receive: true },
    ]),
  ].slice(0, MAX_CONTEXTS);
}

async function take(
  association: Association,
  { contextId, command, dataSet }: Message,
  onObject: (object: ReceivedObject) => Promise<number>,
): Promise<void> {
  const context = association.contexts.get(contextId);
  const status =
    context?.mayPerform && dataSet
      ? await onObject({
          sopClassUid: command.affectedSopClassUid ?? '',
          sopInstanceUid: command.affectedSopInstanceUid ?? '',
          transferSyntaxUid: context.transferSyntax,
          dataSet,
        })
      : 0x0122;
  await association.send(contextId, {
    commandField: COMMAND.storeRsp,
    affectedSopClassUid: command.affectedSopClassUid,
    affectedSopInstanceUid: command.affectedSopInstanceUid,
    respondedTo: command.messageId,
    status,
    hasDataSet: false,
  });
}
