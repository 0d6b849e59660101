import { judgeAnnotation } from './judge-annotation.ts';
import { endOfLoan, termsOf } from './loan.ts';
import type { Command } from './protocol.ts';
import { isObserver, presenterOf, type RoomModel } from './reducer.ts';
import { asItIs, no, type Verdict, yes } from './verdict.ts';

/**
 * May this person do this in this room now? Asked by the server only, with its own state. Whether an item is on the
 * agenda, who waits at the door and who may invite is the database's to say.
 * @param now the server's clock, ms of the Unix epoch
 * @param invited who may be in the room
 */
export function judge(
  room: RoomModel,
  by: string,
  command: Command,
  now: number,
  invited: readonly string[] = [],
): Verdict {
  const presenter = presenterOf(room) === by;
  const chair = room.chairId === by;
  switch (command.type) {
    case 'control.request':
      if (presenter) return no('state_conflict');
      if (isObserver(room, by)) return no('live_observer');
      return room.requests.includes(by) ? asItIs : yes({ type: command.type });
    case 'control.withdraw':
      if (!presenter && !chair && command.personId !== by) return no('forbidden');
      if (!room.requests.includes(command.personId)) return asItIs;
      return yes({ type: command.type, personId: command.personId });
    case 'control.give':
      if (!presenter && !chair) return no('live_not_presenter');
      if (isObserver(room, command.to)) return no('live_observer');
      return give(room, by, command, now);
    case 'control.take':
      if (!chair) return no('forbidden');
      return presenter && !room.loan ? asItIs : yes({ type: command.type });
    case 'control.return':
      if (!room.loan) return asItIs;
      if (!presenter && !chair && room.loan.returnsTo !== by) return no('forbidden');
      return yes(endOfLoan(room, room.loan));
    case 'second.name':
      if (!presenter && !chair) return no('live_not_presenter');
      return nameSecond(room, command);
    case 'second.end':
      if (room.secondId === null) return asItIs;
      return presenter || chair || room.secondId === by ? yes({ type: command.type }) : no('forbidden');
    case 'observer.mark':
    case 'observer.unmark':
      if (!chair) return no('forbidden');
      return watch(room, command);
    case 'waiting.admit': {
      const { type, personId, observer } = command;
      return invited.includes(personId) ? asItIs : yes({ type, personId, observer });
    }
    case 'waiting.decline':
      return yes({ type: command.type });
    case 'annotation.allow':
    case 'annotation.stop':
    case 'annotation.put':
    case 'annotation.remove':
      return judgeAnnotation(room, by, command);
    case 'item.open':
      if (!presenter && !chair) return no('live_not_presenter');
      // Presenter and chair may both click the next case: the second one must not end what has begun on it.
      return command.itemId === room.currentItemId
        ? asItIs
        : yes({ type: command.type, itemId: command.itemId });
    case 'hand.raise':
      return room.hands.includes(by) ? asItIs : yes({ type: command.type });
    case 'hand.lower':
      if (!presenter && !chair && command.personId !== by) return no('forbidden');
      return room.hands.includes(command.personId)
        ? yes({ type: command.type, personId: command.personId })
        : asItIs;
    case 'poll.ask':
      if (!presenter && !chair) return no('live_not_presenter');
      if (command.itemId !== room.currentItemId || room.poll.openId !== null) return no('state_conflict');
      return yes({ type: command.type, itemId: command.itemId });
    case 'poll.vote':
      if (isObserver(room, by)) return no('live_observer');
      if (command.pollId !== room.poll.openId) return no('state_conflict');
      return yes({ type: command.type, pollId: command.pollId });
    case 'poll.close':
      if (!presenter && !chair) return no('live_not_presenter');
      if (command.pollId !== room.poll.openId) return no('state_conflict');
      return yes({ type: command.type, pollId: command.pollId });
    case 'record.set':
      if (!chair) return no('forbidden');
      return room.recording === command.on ? asItIs : yes({ type: command.type, on: command.on });
    case 'record.mark':
      return room.recording ? yes({ type: command.type, text: command.text }) : no('live_not_recorded');
    case 'record.bookmark': {
      const { type, itemId, field, viewSeq } = command;
      if (!room.recording) return no('live_not_recorded');
      return itemId === room.currentItemId ? yes({ type, itemId, field, viewSeq }) : no('state_conflict');
    }
  }
}

function give(
  room: RoomModel,
  by: string,
  command: Extract<Command, { type: 'control.give' }>,
  now: number,
): Verdict {
  const { type, to } = command;
  const terms = termsOf(room, by, command, now);
  // Only the chair changes how long somebody has what they have.
  const changes = by === room.chairId && (terms.until !== undefined || room.loan !== null);
  if (presenterOf(room) === to && !changes) return asItIs;
  if (!room.participants.some((one) => one.personId === to)) return no('state_conflict');
  return yes({ type, to, ...terms });
}

function nameSecond(room: RoomModel, { type, personId }: Extract<Command, { type: 'second.name' }>): Verdict {
  if (personId === room.secondId) return asItIs;
  if (isObserver(room, personId)) return no('live_observer');
  const there = room.participants.some((one) => one.personId === personId);
  return there && personId !== presenterOf(room) ? yes({ type, personId }) : no('state_conflict');
}

function watch(
  room: RoomModel,
  { type, personId }: Extract<Command, { type: 'observer.mark' | 'observer.unmark' }>,
): Verdict {
  const marks = type === 'observer.mark';
  if (marks === room.observers.includes(personId)) return asItIs;
  const leads = personId === room.chairId || personId === presenterOf(room);
  const there = room.participants.some((one) => one.personId === personId);
  return marks && (leads || !there) ? no('state_conflict') : yes({ type, personId });
}
