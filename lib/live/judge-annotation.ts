import { MOST_ANNOTATIONS } from './annotations.ts';
import type { Command } from './protocol.ts';
import { isObserver, mayAnnotate, presenterOf, type RoomModel } from './reducer.ts';
import { asItIs, no, type Verdict, yes } from './verdict.ts';

type Annotating = Extract<Command, { type: `annotation.${string}` }>;

/** May this person allow, draw, or take away? */
export function judgeAnnotation(room: RoomModel, by: string, command: Annotating): Verdict {
  const leads = by === room.chairId || by === presenterOf(room);
  switch (command.type) {
    case 'annotation.allow':
    case 'annotation.stop':
      if (!leads) return no('live_not_presenter');
      return right(room, command);
    case 'annotation.put':
      return put(room, by, command);
    case 'annotation.remove': {
      const { type, itemId, annotationId } = command;
      const known = room.annotations.ofItem[itemId]?.find(({ drawn }) => drawn.id === annotationId);
      if (!known) return asItIs;
      return leads || known.by === by ? yes({ type, itemId, annotationId }) : no('forbidden');
    }
  }
}

function right(
  room: RoomModel,
  { type, personId }: Extract<Annotating, { type: 'annotation.allow' | 'annotation.stop' }>,
): Verdict {
  const { everyone, persons } = room.annotations;
  const event = { type, ...(personId !== null && { personId }) };
  if (type === 'annotation.stop') {
    if (personId === null) return everyone || persons.length > 0 ? yes(event) : asItIs;
    if (everyone) return no('state_conflict');
    return persons.includes(personId) ? yes(event) : asItIs;
  }
  if (room.currentItemId === null) return no('state_conflict');
  if (personId === null) return everyone ? asItIs : yes(event);
  if (isObserver(room, personId)) return no('live_observer');
  if (!room.participants.some((one) => one.personId === personId)) return no('state_conflict');
  return mayAnnotate(room, personId) ? asItIs : yes(event);
}

function put(room: RoomModel, by: string, command: Extract<Annotating, { type: 'annotation.put' }>): Verdict {
  const { type, itemId, drawn } = command;
  if (isObserver(room, by)) return no('live_observer');
  if (!mayAnnotate(room, by)) return no('live_may_not_annotate');
  if (itemId !== room.currentItemId) return no('state_conflict');
  const all = room.annotations.ofItem[itemId] ?? [];
  const known = all.find((one) => one.drawn.id === drawn.id);
  if (known && known.by !== by) return no('forbidden');
  if (!known && all.length >= MOST_ANNOTATIONS) return no('state_conflict');
  const author = room.participants.find((one) => one.personId === by);
  if (!author) return no('state_conflict');
  const { displayName: name, colour } = author;
  return yes({ type, itemId, annotationId: drawn.id, annotation: { author: { name, colour }, drawn } });
}
