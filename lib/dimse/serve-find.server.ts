import { setImmediate } from 'node:timers/promises';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { queryStore } from '@/lib/store/query.server.ts';
import { unmatchedKeys } from '@/lib/store/query-attributes.ts';
import type { Context, Message } from './association.server.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { DimseError } from './errors.ts';
import { checkHierarchy, IdentifierError, levelOf, TAG, textOf } from './query-identifier.ts';
import { readIdentifier } from './read-identifier.server.ts';
import { enderOf, responseTo, type Session } from './session.ts';
import type { Root } from './sop-classes.ts';
import { STATUS } from './status.ts';

/** Matches are read from the index in pages of this many. */
const PAGE = 500;
const TURN = 20;
/** Elements of an identifier that say how to ask, not what for. */
const control = new Set<string>([TAG.characterSet, TAG.level, TAG.retrieveAeTitle, '00080053', '00080201']);

/** C-FIND (PS3.4 C.4.1): each match as a pending response with the keys that were asked for, then the end. */
export async function serveFind(
  session: Session,
  message: Message,
  context: Context,
  root: Root,
): Promise<void> {
  const { association } = session;
  const end = enderOf(session, message);
  try {
    const status = await answerAll(session, message, context, root);
    await end(status);
  } catch (error) {
    if (error instanceof DimseError && association.failed) throw error;
    if (error instanceof IdentifierError)
      return end(STATUS.doesNotMatch, { errorComment: error.message, offendingElement: error.tag });
    if (isAppError(error) && error.code === 'dicomweb_bad_value') {
      return end(STATUS.doesNotMatch, {
        errorComment: 'a key that is none',
        offendingElement: Number.parseInt(String(error.params.name), 16),
      });
    }
    if (error instanceof DimseError || error instanceof RangeError)
      return end(STATUS.cannotUnderstand, { errorComment: error.message });
    log.error({ err: error }, 'C-FIND failed');
    await end(STATUS.cannotUnderstand);
  }
}

async function answerAll(session: Session, message: Message, context: Context, root: Root): Promise<number> {
  const { association } = session;
  const { command, contextId, dataSet } = message;
  const identifier = await readIdentifier(dataSet, context.transferSyntax);
  const level = levelOf(identifier, root);
  checkHierarchy(identifier, root, level);
  const asked = Object.keys(identifier).filter((tag) => !control.has(tag));
  const keys = Object.fromEntries(asked.map((tag) => [tag, textOf(identifier[tag])]));
  const pending = unmatchedKeys(level, keys).length > 0 ? STATUS.pendingUnmatched : STATUS.pending;
  for (let offset = 0; ; offset += PAGE) {
    const found = await queryStore(session.actor, {
      level,
      keys,
      include: asked,
      fuzzy: false,
      limit: PAGE,
      offset,
    });
    for (const [index, match] of found.entries()) {
      // A C-CANCEL is heard only when the socket is given its turn.
      if (index % TURN === 0) await setImmediate();
      if (association.cancelled.has(command.messageId ?? 0)) return STATUS.cancelled;
      const answer = answerOf(match, identifier, asked, session.ownAeTitle);
      await association.send(
        contextId,
        responseTo(command, pending, { hasDataSet: true }),
        encodeDataSet(answer, context.transferSyntax),
      );
    }
    if (found.length < PAGE) return STATUS.success;
  }
}

/** What was asked for and nothing else (PS3.4 C.4.1.1.3.2); a key without a value is answered empty. */
function answerOf(
  match: DicomJson,
  identifier: DicomJson,
  asked: readonly string[],
  aeTitle: string,
): DicomJson {
  const answer: DicomJson = {
    [TAG.characterSet]: { vr: 'CS', Value: ['ISO_IR 192'] },
    [TAG.level]: { vr: 'CS', Value: identifier[TAG.level]?.Value ?? [] },
    [TAG.retrieveAeTitle]: { vr: 'AE', Value: [aeTitle] },
  };
  for (const tag of asked) answer[tag] = match[tag] ?? { vr: identifier[tag]?.vr ?? 'UN' };
  return answer;
}
