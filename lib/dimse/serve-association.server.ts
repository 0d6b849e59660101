import { log } from '@/lib/log.server.ts';
import type { Message } from './association.server.ts';
import { COMMAND } from './command-set.ts';
import { DimseError } from './errors.ts';
import { serveFind } from './serve-find.server.ts';
import { serveRetrieve } from './serve-retrieve.server.ts';
import { serveStore } from './serve-store.server.ts';
import { responseTo, type Session } from './session.ts';
import { FIND, GET, isStorageClass, MOVE, rootOf, VERIFICATION } from './sop-classes.ts';
import { STATUS } from './status.ts';

/** Answers one message after the other until the caller releases the association or it fails. */
export async function serveAssociation(session: Session): Promise<void> {
  const { association } = session;
  try {
    for (;;) {
      const message = await association.receive();
      if (!message) break;
      await serveMessage(session, message);
    }
    association.acceptRelease();
  } catch (error) {
    const known = error instanceof DimseError;
    const caller = session.callingAeTitle;
    if (known) log.info({ caller, code: error.code, detail: error.detail }, 'DICOM association ended');
    else log.error({ err: error, caller }, 'DICOM association failed');
    association.abort();
  }
}

async function serveMessage(session: Session, message: Message): Promise<void> {
  const { association } = session;
  const { contextId, command } = message;
  const context = association.contexts.get(contextId);
  const abstractSyntax = context?.abstractSyntax ?? '';
  const refuse = (status: number) => association.send(contextId, responseTo(command, status));
  if (!context) return;
  switch (command.commandField) {
    case COMMAND.echoRq:
      return refuse(abstractSyntax === VERIFICATION ? STATUS.success : STATUS.noSuchSopClass);
    case COMMAND.storeRq:
      if (!isStorageClass(abstractSyntax)) return refuse(STATUS.noSuchSopClass);
      if (!context.mayPerform) return refuse(STATUS.notAuthorised);
      return serveStore(session, message, context);
    case COMMAND.findRq: {
      const root = rootOf(FIND, abstractSyntax);
      return root ? serveFind(session, message, context, root) : refuse(STATUS.noSuchSopClass);
    }
    case COMMAND.moveRq:
    case COMMAND.getRq: {
      const root = rootOf(command.commandField === COMMAND.moveRq ? MOVE : GET, abstractSyntax);
      return root ? serveRetrieve(session, message, context, root) : refuse(STATUS.noSuchSopClass);
    }
    default:
      // A response that nobody waits for, or a service that this node does not have.
      if ((command.commandField & 0x8000) !== 0)
        throw new DimseError('protocol_error', 'a response to nothing');
      return refuse(STATUS.unrecognisedOperation);
  }
}
