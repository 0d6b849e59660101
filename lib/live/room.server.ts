import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { shownMembership } from '@/lib/auth/shown-membership.ts';
import { db } from '@/lib/db/client.server.ts';
import { Broadcast } from './broadcast.server.ts';
import { Connection } from './connection.server.ts';
import { type Admission, admit, codeOf, isOwnOrigin, mustBeEntitled } from './handshake.server.ts';
import { PULSE_MS } from './line-watch.ts';
import { liveMetrics } from './metrics.server.ts';
import { onNotice } from './notify.server.ts';
import { ownRooms } from './own-rooms.server.ts';
import type { Together } from './processes/redis.server.ts';
import { SharedRooms } from './processes/shared-rooms.server.ts';
import type { ProcessMessages } from './processes/words.ts';
import { type ClientMessages, MAX_MESSAGE_BYTES, type Participant, type ServerMessages } from './protocol.ts';
import type { RoomSeat } from './room-door.server.ts';
import { databaseOutside } from './room-outside.server.ts';
import { type RoomTimes, roomTimes } from './room-times.ts';
import { Rooms } from './rooms.server.ts';
import { sharedSession } from './session-readings.server.ts';
import { SharedReadings } from './shared-readings.ts';
import { SocketLine } from './socket-line.server.ts';
import { Turnstile } from './turnstile.ts';
import { Lobby } from './waiting/lobby.server.ts';

/** Many come at once after a cut: they are let in group by group, by readings that a group shares. */
const GROUP_EVERY_MS = 80;
const turnstile = new Turnstile(GROUP_EVERY_MS);
const centres = new SharedReadings((id: string) =>
  db().centre.findUnique({ where: { id }, select: { code: true } }),
);

type Data = { admission: Admission; room: RoomSeat; participant: Participant };

/**
 * Opens the rooms' door, Socket.IO at `/live`; see SPEC.md. `together` where other processes have connections of the
 * same rooms. `close` leaves the HTTP server itself open.
 */
export function attachLive(
  server: HttpServer,
  times: Partial<RoomTimes> = {},
  together?: Together,
): { close: () => Promise<void> } {
  let closing = false;
  const io = new Server<ClientMessages, ServerMessages, ProcessMessages, Data>(server, {
    path: '/live',
    ...(together && { adapter: together.adapter }),
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

  const clocks = { ...roomTimes, ...times };
  const rooms = together
    ? new SharedRooms(io, clocks, together)
    : ownRooms(new Rooms(clocks, databaseOutside));

  io.use((socket, next) => {
    void (async () => {
      await turnstile.pass();
      const admission = await admit(socket);
      // Before the room is opened: an outsider's knock must not even wake it.
      mustBeEntitled(admission.actor, await sharedSession(admission.sessionId));
      const room = await rooms.open(admission.sessionId);
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

  const lines = new Set<SocketLine>();
  const pulse = setInterval(() => {
    const told = new Broadcast('pulse', new Date().toISOString());
    for (const line of lines) line.pulse(told);
  }, PULSE_MS);
  pulse.unref();

  io.on('connection', (socket) => {
    const { admission, participant, room } = socket.data;
    const line = new SocketLine(socket);
    const connection = new Connection(line, admission, participant);
    lines.add(line);
    liveMetrics.connections.inc();
    socket.onAny((type: string, message: unknown, acknowledge: unknown) =>
      room.receive(connection, type, message, acknowledge),
    );
    socket.on('disconnect', () => {
      liveMetrics.connections.dec();
      lines.delete(line);
      room.leave(connection);
    });
    room.join(connection);
  });

  const lobby = new Lobby(io);
  if (together) io.on('notice', (sessionId, notice) => lobby.notice(sessionId, notice));
  const stopListening = onNotice((sessionId, notice) => {
    rooms.notice(sessionId, notice);
    lobby.notice(sessionId, notice);
  });

  return {
    close: async () => {
      closing = true;
      clearInterval(pulse);
      stopListening();
      const left = lobby.close();
      // Those of this process alone: by the adapter it would be everybody, at whatever process.
      io.local.disconnectSockets(true);
      await left;
      await rooms.closeAll();
      io.engine.close();
    },
  };
}

/** How the others see this person. */
async function asParticipant({ actor }: Admission, colour: string): Promise<Participant> {
  const membership = shownMembership(actor.memberships);
  const centre = membership && (await centres.ask(membership.centreId));
  return {
    personId: actor.personId,
    displayName: actor.displayName,
    centreCode: centre?.code ?? '',
    specialty: membership?.specialty ?? null,
    role: membership?.role ?? '',
    colour,
  };
}
