import { isNative } from '@/lib/dicom/uids.ts';
import { log } from '@/lib/log.server.ts';
import type { SelectedInstance } from '@/lib/store/select-instances.server.ts';
import { COMMAND, type CommandSet } from './command-set.ts';
import { DimseError } from './errors.ts';
import { answer } from './exchange.server.ts';
import { openStore, type StoreConnection, type StoredObject } from './open-store.server.ts';
import { MAX_CONTEXTS } from './pdu.ts';
import type { Session } from './session.ts';
import { STATUS } from './status.ts';
import { FALLBACKS, sendable } from './sub-operation.server.ts';

/** Where a retrieval's objects go: back on the same association, or to another node. */
export type Target = {
  /** The DIMSE status of the sub-operation; a failure of the other side is a status too. */
  send(instance: SelectedInstance): Promise<number>;
  close(): Promise<void>;
};

/** C-GET: on the contexts for which the caller took the role of SCP. */
export function openGetTarget({ association }: Session, requestContextId: number): Target {
  const contextFor = (sopClassUid: string, transferSyntaxUid: string) =>
    [...association.contexts.values()].find(
      (context) =>
        context.mayRequest &&
        context.id !== requestContextId &&
        context.abstractSyntax === sopClassUid &&
        context.transferSyntax === transferSyntaxUid,
    );
  return {
    send: async (instance) => {
      const { sopClassUid } = instance;
      const object = await sendable(instance, (syntax) => contextFor(sopClassUid, syntax) !== undefined);
      const context = object && contextFor(sopClassUid, object.transferSyntaxUid);
      if (!context) return STATUS.noSuchSopClass;
      await association.sendStream(
        context.id,
        storeRequest(object, association.nextMessageId()),
        object.dataSet,
      );
      const { command } = await answer(association);
      if (command.commandField !== COMMAND.storeRsp)
        throw new DimseError('protocol_error', 'no answer to a C-STORE');
      return command.status ?? STATUS.processingFailure;
    },
    close: async () => undefined,
  };
}

const storeRequest = (object: StoredObject, messageId: number): CommandSet => ({
  commandField: COMMAND.storeRq,
  affectedSopClassUid: object.sopClassUid,
  affectedSopInstanceUid: object.sopInstanceUid,
  messageId,
  priority: 0,
  hasDataSet: true,
});

/** C-MOVE: to a configured node of the same centre. Undefined when there is none of that title. */
export async function openMoveTarget(
  session: Session,
  command: CommandSet,
  instances: readonly SelectedInstance[],
): Promise<Target | undefined> {
  const peer = await session.destination(command.moveDestination ?? '', session.centreId);
  if (!peer) return undefined;
  const moveOriginator = { aeTitle: session.callingAeTitle, messageId: command.messageId ?? 0 };
  let store: StoreConnection | undefined;
  let unreachable = instances.length === 0;
  return {
    send: async (instance) => {
      const { sopClassUid } = instance;
      try {
        if (!store && !unreachable) store = await openStore(peer, contextsOf(instances));
        const object =
          store && (await sendable(instance, (syntax) => store?.accepts(sopClassUid, syntax) === true));
        if (!store || !object) return STATUS.noSuchSopClass;
        return (await store.store({ ...object, moveOriginator })).status;
      } catch (error) {
        if (!(error instanceof DimseError)) throw error;
        log.warn(
          { code: error.code, detail: error.detail, aeTitle: peer.aeTitle },
          'C-MOVE sub-operation failed',
        );
        // A lost association is opened again for the next object; one that could not be opened is not.
        unreachable = store === undefined;
        store = undefined;
        return STATUS.processingFailure;
      }
    },
    close: async () => store?.release(),
  };
}

/** Each class in the syntaxes it is stored in, and the fallbacks while there is room among the 128 contexts. */
function contextsOf(instances: readonly SelectedInstance[]) {
  const pairs = new Map<string, { sopClassUid: string; transferSyntaxUid: string }>();
  const add = (sopClassUid: string, transferSyntaxUid: string) => {
    if (pairs.size < MAX_CONTEXTS)
      pairs.set(`${sopClassUid} ${transferSyntaxUid}`, { sopClassUid, transferSyntaxUid });
  };
  for (const { sopClassUid, transferSyntaxUid } of instances) add(sopClassUid, transferSyntaxUid);
  for (const { sopClassUid, transferSyntaxUid } of instances) {
    if (isNative(transferSyntaxUid)) for (const syntax of FALLBACKS) add(sopClassUid, syntax);
  }
  return [...pairs.values()];
}
