import type { DicomJson } from '@/lib/dicom/json.ts';
import { COMMAND } from './command-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { answer, checkStatus, contextOf, NATIVE_SYNTAXES, within } from './exchange.server.ts';
import { withCharacterSet } from './find.server.ts';
import type { DicomPeer } from './peer.ts';
import { requestAssociation } from './request-association.server.ts';
import { MOVE } from './sop-classes.ts';
import { type Progress, progressOf, SOME_FAILED } from './sub-operations.ts';

/**
 * C-MOVE on the study root (PS3.4 C.4.2): asks a node to send objects to another one, which may be us. Throws
 * DimseError; objects that failed are counted, not thrown.
 */
export async function move(
  peer: DicomPeer,
  request: {
    identifier: DicomJson;
    destination: string;
    onProgress?: (progress: Progress) => void;
    signal?: AbortSignal;
  },
): Promise<{ completed: number; failed: number; warning: number }> {
  const { signal } = request;
  const services = [{ abstractSyntax: MOVE.study, transferSyntaxes: NATIVE_SYNTAXES }];
  const association = await requestAssociation(peer, services, { signal });
  return within(
    association,
    async () => {
      const { id, transferSyntax } = contextOf(association, MOVE.study);
      await association.send(
        id,
        {
          commandField: COMMAND.moveRq,
          affectedSopClassUid: MOVE.study,
          messageId: association.nextMessageId(),
          priority: 0,
          moveDestination: request.destination,
          hasDataSet: true,
        },
        encodeDataSet(withCharacterSet(request.identifier), transferSyntax),
      );
      for (;;) {
        const { command } = await answer(association);
        const { remaining, ...counts } = progressOf(command);
        request.onProgress?.({ remaining, ...counts });
        if (command.status === SOME_FAILED || checkStatus(command) === 0) return counts;
      }
    },
    signal,
  );
}
