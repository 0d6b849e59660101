import type { DicomJson } from '@/lib/dicom/json.ts';
import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN } from '@/lib/dicom/uids.ts';
import type { Association, Message } from './association.server.ts';
import { COMMAND } from './command-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { answer, checkStatus, contextOf, NATIVE_SYNTAXES, within } from './exchange.server.ts';
import { find, withCharacterSet } from './find.server.ts';
import { MAX_CONTEXTS } from './pdu.ts';
import type { DicomPeer } from './peer.ts';
import { type ProposedService, requestAssociation } from './request-association.server.ts';
import { COMPRESSED_SYNTAXES, GET, isStorageClass, RETRIEVED_CLASSES } from './sop-classes.ts';
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
 * @param request.sopClasses the storage classes to offer, where they are known; else the node is asked, and when it
 *   does not say, the common ones
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
  const sopClasses = request.sopClasses ?? (await classesIn(peer, request.identifier, signal));
  const association = await requestAssociation(peer, services(sopClasses), { signal });
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

/** SOP Classes in Study (0008,0062): optional, so that a node may not say (PS3.4 table C.6-1). */
async function classesIn(peer: DicomPeer, identifier: DicomJson, signal?: AbortSignal): Promise<string[]> {
  const study = identifier['0020000D'];
  if (!study?.Value?.length) return [];
  const query: DicomJson = {
    '00080052': { vr: 'CS', Value: ['STUDY'] },
    '00080062': { vr: 'UI' },
    '0020000D': study,
  };
  const classes = new Set<string>();
  try {
    for await (const match of find(peer, { root: 'study', identifier: query, signal }))
      for (const uid of match['00080062']?.Value ?? []) if (typeof uid === 'string') classes.add(uid);
  } catch (error) {
    // The retrieval itself will say what is wrong; a node that answers no queries may still be retrieved from.
    if (signal?.aborted) throw error;
  }
  return [...classes].filter(isStorageClass);
}

/**
 * A node chooses one syntax per context. While there is room each syntax has a context of its own, so that everything
 * can come as it is kept; else the compressed ones share one, and at last the native ones too.
 */
function services(known: readonly string[]): ProposedService[] {
  const sopClasses = known.length > 0 ? known : RETRIEVED_CLASSES;
  const alone = (syntaxes: readonly string[]) => syntaxes.map((uid) => [uid]);
  const choices = [
    [
      ...alone(NATIVE_SYNTAXES),
      [DEFLATED_LITTLE_ENDIAN],
      [EXPLICIT_BIG_ENDIAN],
      ...alone(COMPRESSED_SYNTAXES),
    ],
    [...alone(NATIVE_SYNTAXES), [...COMPRESSED_SYNTAXES]],
    [NATIVE_SYNTAXES, [...COMPRESSED_SYNTAXES]],
  ];
  const fitting = choices.find((choice) => choice.length * sopClasses.length < MAX_CONTEXTS) ?? [
    NATIVE_SYNTAXES,
  ];
  return [
    { abstractSyntax: GET.study, transferSyntaxes: NATIVE_SYNTAXES },
    ...sopClasses.flatMap((abstractSyntax) =>
      fitting.map((transferSyntaxes) => ({ abstractSyntax, transferSyntaxes, receive: true })),
    ),
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
