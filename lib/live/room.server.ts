import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { Connection } from './connection.server.ts';
import { type Admission, admit, codeOf, isOwnOrigin, mustBeEntitled } from './handshake.server.ts';
import type { LiveRoom, RoomTimes } from './live-room.server.ts';
import { liveMetrics } from './metrics.server.ts';
import { onNotice } from './notify.server.ts';
import {
  type Acknowledgement,
  type ClientMessages,
  commandSchema,
  MAX_MESSAGE_BYTES,
  type Participant,
  pointerSchema,
  type ServerMessages,
  viewMessageSchema,
} from './protocol.ts';
import { Rooms } from './rooms.server.ts';

type Data = { admission: Admission; room: LiveRoom; participant: Participant };

const defaults: RoomTimes = { presenterGraceMs: 10_000, recheckMs: 30_000, saveViewMs: 1000 };

/** Opens the rooms' door, Socket.IO at `/live`; see SPEC.md. `close` leaves the HTTP server itself open. */
export function attachLive(
  server: HttpServer,
  times: Partial<RoomTimes> = {},
): { close: () => Promise<void> } {
  const rooms = new Rooms({ ...defaults, ...times });
  const io = new Server<ClientMessages, ServerMessages, Record<string, never>, Data>(server, {
    path: '/live',
    serveClient: false,
    maxHttpBufferSize: 16 * MAX_MESSAGE_BYTES,
    // A page that decodes a large CT on a slow machine may answer late; that is no lost connection.
    pingInterval: 10_000,
    pingTimeout: 20_000,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request)),
  });
  let closing = false;

  io.use((socket, next) => {
    void (async () => {
      if (closing) throw new AppError('unavailable');
      const admission = await admit(socket);
      const room = await rooms.open(admission.sessionId);
      mustBeEntitled(admission.actor, room.now);
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
    socket.on('view', (message) => {
      const parsed = readLooking(connection, viewMessageSchema, message);
      if (parsed) room.look(connection, parsed.value.itemId, parsed.value.view);
    });
    socket.on('pointer', (message) => {
      const parsed = readLooking(connection, pointerSchema, message);
      if (parsed) room.point(connection, parsed.value);
    });
    socket.on('command', (message, acknowledge) => {
      const answer = (acknowledgement: Acknowledgement) => {
        if (typeof acknowledge === 'function') acknowledge(acknowledgement);
      };
      const code = whyNotDecide(connection, message);
      const parsed = commandSchema.safeParse(message);
      if (code || !parsed.success) {
        liveMetrics.refused.inc({ code: code ?? 'live_malformed' });
        return answer({ ok: false, code: code ?? 'live_malformed' });
      }
      void room.command(connection, parsed.data).then(answer);
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

  onNotice(
    (sessionId, notice) =>
      void rooms.find(sessionId)?.then(
        (room) => room.notice(notice),
        () => undefined,
      ),
  );

  return {
    close: async () => {
      closing = true;
      onNotice(undefined);
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

function whyNotDecide(connection: Connection, message: unknown): string | null {
  if (!connection.mayDecide()) return 'live_flood';
  return isTooLarge(message) ? 'live_too_large' : null;
}

function isTooLarge(message: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(message) ?? '') > MAX_MESSAGE_BYTES;
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
