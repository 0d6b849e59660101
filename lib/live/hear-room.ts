import { applyParticipants, applyPointers, type RoomModel } from './reducer.ts';
import type { RoomHandlers, RoomSocket, RoomState } from './room-state.ts';

/** The tab whose room it is. `quietly`: of what comes too often nobody but the viewer needs to know. */
type Tab = {
  state: () => RoomState;
  become: (change: Partial<RoomState>) => void;
  quietly: (room: RoomModel) => void;
};

/** What the server tells of a room beside its views, its events and the connection: who is there, pointers, notices. */
export function hearRoom(socket: RoomSocket, { state, become, quietly }: Tab, on: RoomHandlers): void {
  socket.on('pointers', (updates) => {
    const { room } = state();
    if (!room) return;
    const next = applyPointers(room, updates);
    quietly(next);
    on.onPointers?.(next.pointers);
  });
  socket.on('marks', (marks) => on.onMarks?.(marks));
  socket.on('participants', (participants) => {
    const { room } = state();
    if (!room) return;
    become({ room: applyParticipants(room, participants) });
    on.onParticipants?.(participants, room.participants);
    on.onPointers?.(state().room?.pointers ?? {});
  });
  socket.on('standings', (news) => {
    const standings = new Map(state().standings);
    for (const one of news) standings.set(one.personId, one);
    become({ standings });
  });
  socket.on('gone', (gone) => {
    const { room } = state();
    if (room) become({ room: { ...room, gone } });
  });
  socket.on('notice', (notice) => {
    const { room } = state();
    if (room && notice.type === 'agenda.changed')
      become({ room: { ...room, agendaVersion: notice.version } });
    on.onNotice?.(notice);
  });
  socket.on('refused', ({ code }) => on.onRefused?.(code));
}
