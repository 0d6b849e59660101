import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { db } from '@/lib/db/client.server.ts';
import { Connection } from './connection.server.ts';
import { type Admission, admit, codeOf, isOwnOrigin, mustBeEntitled } from './handshake.server.ts';
import type { LiveRoom } from './live-room.server.ts';
import { liveMetrics } from './metrics.server.ts';
import { onNotice } from './notify.server.ts';
import {
  type Acknowledgement,
  type ClientMessages,
  type Command,
  commandSchema,
  MAX_MESSAGE_BYTES,
  type Participant,
  pointerSchema,
  type ServerMessages,
  sightSchema,
  viewMessageSchema,
} from './protocol.ts';
import { loadSession } from './room-store.server.ts';
import { type RoomTimes, roomTimes } from './room-times.ts';
import { Rooms } from './rooms.server.ts';

type Data = { admission: Admission; room: LiveRoom; participant: Participant };

/** What a client may send; Socket.IO itself ignores anything else without a word. */
const known: ReadonlySet<string> = new Set<keyof ClientMessages>([
  'view',
  'pointer',
  'sight',
  'command',
  'resync',
]);

/** Opens the rooms' door, Socket.IO at `/live`; see SPEC.md. `close` leaves the HTTP server itself open. */
export function attachLive(
  server: HttpServer,
  times: Partial<RoomTimes> = {},
): { close: () => Promise<void> } {
  const rooms = new Rooms({ ...roomTimes, ...times });
  let closing = false;
  const io = new Server<ClientMessages, ServerMessages, Record<string, never>, Data>(server, {
    path: '/live',
    serveClient: false,
    maxHttpBufferSize: 16 * MAX_MESSAGE_BYTES,
    // A page that decodes a large CT on a slow machine may answer late; that is no lost connection.
    pingInterval: 10_000,
    pingTimeout: 20_000,
    // Whoever does not say who they are does not keep a connection.
    connectTimeout: 10_000,
    // While closing nobody new is let in: an HTTP server that waits for its connections would never stop.
    allowRequest: (request, decide) => decide(null, !closing && isOwnOrigin(request)),
  });

  io.use((socket, next) => {
    void (async () => {
      const admission = await admit(socket);
      // Before the room is opened: an outsider's knock must not even wake it.
      mustBeEntitled(admission.actor, await loadSession(admission.sessionId));
      const room = await rooms.open(admission.sessionId);
      await room.refresh();
      const participant = await asParticipant(admission, room.colourFor(admission.actor.personId));
      Object.assign(socket.data, { admission, room, participant });
    })().then(
      () => next(),
      (error) => {
        const code = codeOf(error);
        liveMetrics.refused.inc({ code });
        next(Object.assign(new Error(code), { data: { code } }));
      },
    );
  });

  io.on('connection', (socket) => {
    const { admission, participant, room } = socket.data;
    const connection = new Connection(socket, admission, participant);
    liveMetrics.connections.inc();
    socket.onAny((type: string) => {
      if (!known.has(type)) connection.refuse('live_malformed');
    });
    socket.on('view', (message) => {
      const parsed = readLooking(connection, viewMessageSchema, message);
      if (parsed) room.look(connection, parsed.value.itemId, parsed.value.view);
    });
    socket.on('pointer', (message) => {
      const parsed = readLooking(connection, pointerSchema, message);
      if (parsed) room.point(connection, parsed.value);
    });
    socket.on('sight', (message) => {
      const parsed = readLooking(connection, sightSchema, message);
      if (parsed) room.seen(connection, parsed.value);
    });
    socket.on('command', (message, acknowledge) => {
      const answer = (acknowledgement: Acknowledgement) => {
        if (typeof acknowledge === 'function') acknowledge(acknowledgement);
      };
      const read = readDeciding(connection, message);
      if (typeof read === 'string') {
        connection.refuse(read);
        answer({ ok: false, code: read });
      } else void room.command(connection, read).then(answer);
    });
    socket.on('resync', (lastSeq) => {
      if (!connection.mayDecide()) return connection.refuse('live_flood');
      socket.emit('snapshot', room.snapshotFor(connection, Number.isInteger(lastSeq) ? lastSeq : 0));
    });
    socket.on('disconnect', () => {
      liveMetrics.connections.dec();
      room.leave(connection);
    });
    room.join(connection);
  });

  const stopListening = onNotice(
    (sessionId, notice) =>
      void rooms.find(sessionId)?.then(
        (room) => room.notice(notice),
        () => undefined,
      ),
  );

  return {
    close: async () => {
      closing = true;
      stopListening();
      io.disconnectSockets(true);
      await rooms.closeAll();
      io.engine.close();
    },
  };
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
  if (isTooLarge(message)) return refuse('live_too_large');
  const parsed = schema.safeParse(message);
  return parsed.success ? { value: parsed.data } : refuse('live_malformed');
}

/** A command within its budget and limits, or the code to refuse it with. */
function readDeciding(connection: Connection, message: unknown): Command | string {
  if (!connection.mayDecide()) return 'live_flood';
  if (isTooLarge(message)) return 'live_too_large';
  const parsed = commandSchema.safeParse(message);
  return parsed.success ? parsed.data : 'live_malformed';
}

function isTooLarge(message: unknown): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(message) ?? '') > MAX_MESSAGE_BYTES;
  } catch {
    // Nested deeper than the stack: nothing that the protocol knows.
    return true;
  }
}

/** How the others see this person. */
async function asParticipant({ actor }: Admission, colour: string): Promise<Participant> {
  const membership = actor.memberships.find(({ role }) => role === 'clinician') ?? actor.memberships[0];
  const centre =
    membership &&
    (await db().centre.findUnique({ where: { id: membership.centreId }, select: { code: true } }));
  return {
    personId: actor.personId,
    displayName: actor.displayName,
    centreCode: centre?.code ?? '',
    specialty: membership?.specialty ?? null,
    role: membership?.role ?? '',
    colour,
  };
}
