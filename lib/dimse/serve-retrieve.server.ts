import { log } from '@/lib/log.server.ts';
import { recordRead } from '@/lib/store/record-read.server.ts';
import { recordRetrieve } from '@/lib/store/record-retrieve.server.ts';
import { type SelectedInstance, selectInstances } from '@/lib/store/select-instances.server.ts';
import type { Context, Message } from './association.server.ts';
import { COMMAND } from './command-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { DimseError } from './errors.ts';
import { IdentifierError, TAG, wantedOf } from './query-identifier.ts';
import { readIdentifier } from './read-identifier.server.ts';
import { openGetTarget, openMoveTarget, type Target } from './retrieve-target.server.ts';
import { enderOf, responseTo, type Session } from './session.ts';
import type { Root } from './sop-classes.ts';
import { isKept, isWarning, STATUS } from './status.ts';

type Counts = { completed: number; failed: number; warning: number };

/**
 * C-GET and C-MOVE (PS3.4 C.4.2, C.4.3): every instance is a sub-operation of its own, told after it by a pending
 * response with the counts. Audit rows of every study say where it goes, and are written before its first byte leaves.
 */
export async function serveRetrieve(
  session: Session,
  message: Message,
  context: Context,
  root: Root,
): Promise<void> {
  const { association } = session;
  const { command, contextId } = message;
  const end = enderOf(session, message);
  try {
    const studies = await select(session, message, context, root);
    const instances = studies.flatMap((study) => study.instances);
    const target =
      command.commandField === COMMAND.moveRq
        ? await openMoveTarget(session, command, instances)
        : openGetTarget(session, contextId);
    if (!target) return await end(STATUS.destinationUnknown, { errorComment: 'unknown move destination' });
    for (const { study } of studies) await recordRead(session.actor, study, null);
    await recordRetrieve(
      session.actor,
      command.commandField === COMMAND.moveRq
        ? (command.moveDestination ?? '').trim()
        : session.callingAeTitle,
      studies.map(({ study, instances: { length: count } }) => ({ study, count })),
    );
    try {
      await run(session, message, context, instances, target);
    } finally {
      await target.close();
    }
  } catch (error) {
    if (association.failed) throw error;
    if (error instanceof IdentifierError)
      return end(STATUS.doesNotMatch, { errorComment: error.message, offendingElement: error.tag });
    const known = error instanceof DimseError || error instanceof RangeError;
    if (!known) log.error({ err: error }, 'retrieval failed');
    await end(known ? STATUS.cannotUnderstand : STATUS.processingFailure, {
      errorComment: known ? error.message : 'internal',
    });
  }
}

async function select(session: Session, { dataSet }: Message, context: Context, root: Root) {
  const identifier = await readIdentifier(dataSet, context.transferSyntax);
  const { level: _, ...keys } = wantedOf(identifier, root);
  return selectInstances(session.actor, keys);
}

async function run(
  session: Session,
  { command, contextId }: Message,
  context: Context,
  instances: readonly SelectedInstance[],
  target: Target,
): Promise<void> {
  const { association } = session;
  const counts: Counts = { completed: 0, failed: 0, warning: 0 };
  const failedUids: string[] = [];
  for (const [index, instance] of instances.entries()) {
    if (association.cancelled.has(command.messageId ?? 0)) {
      return finish(STATUS.cancelled, instances.length - index);
    }
    const status = await target.send(instance);
    if (isWarning(status)) counts.warning += 1;
    else if (isKept(status)) counts.completed += 1;
    else {
      counts.failed += 1;
      failedUids.push(instance.sopInstanceUid);
    }
    const remaining = instances.length - index - 1;
    const pending = responseTo(command, STATUS.pending, { ...counts, remaining });
    if (remaining === 0) break;
    // The next object's answer comes on this association; to another node there is none to wait for here.
    if (command.commandField === COMMAND.getRq) association.sendWithNext(contextId, pending);
    else await association.send(contextId, pending);
  }
  if (counts.failed === 0) return finish(STATUS.success);
  const none = counts.completed + counts.warning === 0;
  return finish(none ? STATUS.outOfResourcesSubOperations : STATUS.subOperationsFailed);

  /** The last response names what failed (PS3.4 C.4.2.1.4.2), unless all went well. */
  async function finish(status: number, remaining?: number): Promise<void> {
    const more = { ...counts, ...(remaining !== undefined && { remaining }) };
    if (status === STATUS.success) return association.send(contextId, responseTo(command, status, more));
    const failed = encodeDataSet(
      { [TAG.failedUids]: { vr: 'UI', Value: failedUids } },
      context.transferSyntax,
    );
    await association.send(contextId, responseTo(command, status, { ...more, hasDataSet: true }), failed);
  }
}
