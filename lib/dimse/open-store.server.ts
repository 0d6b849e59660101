import type { Context } from './association.server.ts';
import { COMMAND } from './command-set.ts';
import { DimseError } from './errors.ts';
import { answer } from './exchange.server.ts';
import { MAX_CONTEXTS } from './pdu.ts';
import type { DicomPeer } from './peer.ts';
import { requestAssociation } from './request-association.server.ts';

export type StoredObject = {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** Without preamble and file meta, in that transfer syntax. */
  dataSet: AsyncIterable<Uint8Array>;
  /** Who asked for it by C-MOVE, and with which message (PS3.7 9.3.1.1). */
  moveOriginator?: { aeTitle: string; messageId: number };
};

export type StoreConnection = {
  accepts(sopClassUid: string, transferSyntaxUid: string): boolean;
  /** One object at a time. Throws DimseError; a status that is not success is returned, not thrown. */
  store(object: StoredObject): Promise<{ status: number; comment: string }>;
  release(): Promise<void>;
  abort(): void;
};

/**
 * An association for C-STORE (PS3.7 9.1.1). Every pair of SOP class and transfer syntax is a context of its own, so
 * that the other node can take each or not. Throws DimseError; `no_context` for more than 128 pairs.
 */
export async function openStore(
  peer: DicomPeer,
  contexts: readonly { sopClassUid: string; transferSyntaxUid: string }[],
  signal?: AbortSignal,
): Promise<StoreConnection> {
  const pairs = new Map(contexts.map((pair) => [`${pair.sopClassUid} ${pair.transferSyntaxUid}`, pair]));
  if (pairs.size > MAX_CONTEXTS) throw new DimseError('no_context', `${pairs.size} presentation contexts`);
  const association = await requestAssociation(
    peer,
    [...pairs.values()].map(({ sopClassUid, transferSyntaxUid }) => ({
      abstractSyntax: sopClassUid,
      transferSyntaxes: [transferSyntaxUid],
    })),
    { signal },
  );
  const agreed = (sopClassUid: string, transferSyntaxUid: string): Context | undefined =>
    [...association.contexts.values()].find(
      (context) => context.abstractSyntax === sopClassUid && context.transferSyntax === transferSyntaxUid,
    );
  return {
    accepts: (sopClassUid, transferSyntaxUid) => agreed(sopClassUid, transferSyntaxUid) !== undefined,
    store: async (object) => {
      const context = agreed(object.sopClassUid, object.transferSyntaxUid);
      if (!context) throw new DimseError('no_context', object.sopClassUid);
      try {
        const { moveOriginator } = object;
        await association.sendStream(
          context.id,
          {
            commandField: COMMAND.storeRq,
            affectedSopClassUid: object.sopClassUid,
            affectedSopInstanceUid: object.sopInstanceUid,
            messageId: association.nextMessageId(),
            priority: 0,
            hasDataSet: true,
            ...(moveOriginator && {
              moveOriginatorAeTitle: moveOriginator.aeTitle,
              moveOriginatorMessageId: moveOriginator.messageId,
            }),
          },
          object.dataSet,
        );
        const { command } = await answer(association);
        return { status: command.status ?? 0x0110, comment: command.errorComment ?? '' };
      } catch (error) {
        // A data set that ended half-way cannot be taken back: the other side must not wait for its end.
        association.abort();
        if (signal?.aborted) throw new DimseError('cancelled');
        throw error;
      }
    },
    release: () => association.release(),
    abort: () => association.abort(),
  };
}
