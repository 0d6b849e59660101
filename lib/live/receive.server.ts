import { mayBeUnstorable, unstorablePath } from '@/lib/http/schema.ts';
import type { Connection } from './connection.server.ts';
import type { LiveRoom } from './live-room.server.ts';
import { markSchema } from './mark-state.ts';
import {
  type Acknowledgement,
  type ClientMessages,
  type Command,
  commandSchema,
  glimpseSchema,
  MAX_MESSAGE_BYTES,
  pointerSchema,
  sightSchema,
  viewMessageSchema,
  watchSchema,
} from './protocol.ts';

type Handler = (room: LiveRoom, connection: Connection, message: unknown, acknowledge: unknown) => void;

/** What a client may send. Its own keys only: a message may have any name. */
const handlers: Record<keyof ClientMessages, Handler> = {
  view: (room, connection, message) => {
    const parsed = readLooking(connection, viewMessageSchema, message);
    if (parsed) room.look(connection, parsed.value.itemId, parsed.value.view, parsed.value.n);
  },
  pointer: (room, connection, message) => {
    const parsed = readLooking(connection, pointerSchema, message);
    if (parsed) room.pointing.point(connection, parsed.value);
  },
  mark: (room, connection, message) => {
    const parsed = readLooking(connection, markSchema, message);
    if (parsed) room.pointing.mark(connection, parsed.value);
  },
  sight: (room, connection, message) => {
    const parsed = readLooking(connection, sightSchema, message);
    if (parsed) room.seen(connection, parsed.value);
  },
  watch: (room, connection, message) => {
    const parsed = readLooking(connection, watchSchema, message);
    if (parsed) room.watching.watch(connection, parsed.value);
  },
  glimpse: (room, connection, message) => {
    const parsed = readLooking(connection, glimpseSchema, message);
    if (parsed) room.watching.glimpse(connection, parsed.value.itemId, parsed.value.view);
  },
  command: (room, connection, message, acknowledge) => {
    const answer = (acknowledgement: Acknowledgement) => {
      if (typeof acknowledge === 'function') acknowledge(acknowledgement);
    };
    const read = readDeciding(connection, message);
    if (typeof read === 'string') {
      connection.refuse(read);
      answer({ ok: false, code: read });
    } else void room.command(connection, read).then(answer);
  },
  resync: (room, connection, lastSeq) => {
    if (!connection.mayDecide()) return connection.refuse('live_flood');
    const from = typeof lastSeq === 'number' && Number.isInteger(lastSeq) ? lastSeq : 0;
    room.tellAll(connection, from);
  },
};

/** What waits for the next word of the room; everything else is looking. */
const deciding: ReadonlySet<string> = new Set(['command', 'resync'] satisfies (keyof ClientMessages)[]);

/** Why a message is not even passed on to the room's own process, where what it says is looked at; null when it is. */
export function whyNotTaken(connection: Connection, type: string, message: unknown): string | null {
  if (!Object.hasOwn(handlers, type)) return 'live_malformed';
  const within = deciding.has(type) ? connection.mayDecide() : connection.mayLook();
  if (!within) return 'live_flood';
  return whyUnfit(message);
}

/** A message from a client: checked, and done or refused. */
export function receive(
  room: LiveRoom,
  connection: Connection,
  type: string,
  message: unknown,
  acknowledge: unknown,
): void {
  const known = Object.hasOwn(handlers, type) ? handlers[type as keyof ClientMessages] : undefined;
  if (known) known(room, connection, message, acknowledge);
  else connection.refuse('live_malformed');
}

/** A looking message within its budget and limits, in a box because a pointer may be null; refused otherwise. */
function readLooking<T>(
  connection: Connection,
  schema: { safeParse: (value: unknown) => { success: true; data: T } | { success: false } },
  message: unknown,
): { value: T } | null {
  const refuse = (code: string) => {
    connection.refuse(code);
    return null;
  };
  if (!connection.mayLook()) return refuse('live_flood');
  const unfit = whyUnfit(message);
  if (unfit) return refuse(unfit);
  const parsed = schema.safeParse(message);
  return parsed.success ? { value: parsed.data } : refuse('live_malformed');
}

/** A command within its budget and limits, or the code to refuse it with. */
function readDeciding(connection: Connection, message: unknown): Command | string {
  if (!connection.mayDecide()) return 'live_flood';
  const unfit = whyUnfit(message);
  if (unfit) return unfit;
  const parsed = commandSchema.safeParse(message);
  return parsed.success ? parsed.data : 'live_malformed';
}

/** Too large, or with a text that the database could not hold. */
function whyUnfit(message: unknown): 'live_too_large' | 'live_malformed' | null {
  let text: string;
  try {
    text = JSON.stringify(message) ?? '';
  } catch {
    // Nested deeper than the stack: nothing that the protocol knows.
    return 'live_too_large';
  }
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return 'live_too_large';
  return mayBeUnstorable(text) && unstorablePath(message) !== null ? 'live_malformed' : null;
}
