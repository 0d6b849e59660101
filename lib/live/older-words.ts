import { annotationEvents } from './annotations.ts';
import type { RoomEventType } from './protocol.ts';

/** What version 3 has a word for. */
const wordsOf3: ReadonlySet<RoomEventType> = new Set([
  'control.request',
  'control.withdraw',
  'control.give',
  'control.take',
  'control.fall',
  'item.open',
]);

/** What no version before 5 has a word for. */
const wordsOf5: ReadonlySet<RoomEventType> = new Set([
  ...annotationEvents,
  'waiting.admit',
  'waiting.decline',
  'second.name',
  'second.end',
]);

/** Whether a client of that version knows what an event of that type changes. */
export const knowsEvent = (protocol: number, type: RoomEventType): boolean =>
  protocol > 4 || (protocol > 3 ? !wordsOf5.has(type) : wordsOf3.has(type));
