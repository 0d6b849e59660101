import type { Notice } from './protocol.ts';

type Listener = (sessionId: string, notice: Notice) => void;

// Use cases run in Next's copy of our modules, the room in the server's: the listener is handed over on globalThis.
const shared = globalThis as typeof globalThis & { consiliumRoomListener?: Listener };

/**
 * Tells a session's room that something was committed. Call it after the transaction, never inside. A lost notice
 * heals itself: clients pull when they see a version gap.
 */
export function notify(sessionId: string, notice: Notice): void {
  shared.consiliumRoomListener?.(sessionId, notice);
}

/** Listens to all notices of this process, instead of whoever listened before. Returns how to stop. */
export function onNotice(listener: Listener): () => void {
  shared.consiliumRoomListener = listener;
  return () => {
    if (shared.consiliumRoomListener === listener) shared.consiliumRoomListener = undefined;
  };
}
