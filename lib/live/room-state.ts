import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import type { MarkUpdate } from './mark-state.ts';
import type {
  ClientMessages,
  Missing,
  Notice,
  Participant,
  RoomEvent,
  ServerMessages,
  SharedView,
  Standing,
} from './protocol.ts';
import type { RoomModel } from './reducer.ts';
import type { OwnStanding } from './sight-teller.ts';
import type { ViewState } from './view-state.ts';

/** `live`: in the room; `reconnecting`: trying; `offline`: nothing for a while, or shown out. */
export type ConnectionState = 'live' | 'reconnecting' | 'offline';

export type RoomState = {
  connection: ConnectionState;
  /** In the room, but nothing has come for a while: the line may be dead (W10). */
  silent: boolean;
  me: string | null;
  room: RoomModel | null;
  /** False while this person looks freely, and while presenting. */
  following: boolean;
  /** Looking freely: the shared view goes on without this tab. */
  free: boolean;
  /** Whom this tab looks along with, who does not present. */
  watching: string | null;
  /** How this tab stands to what the second presenter shows, while it looks along with them. */
  along: OwnStanding;
  /** Who looks along with this person. */
  watchers: readonly string[];
  /** Why the room is closed for this person: an error code; `session_expired` can be mended by signing in again. */
  ended: string | null;
  /** Grows with every snapshot: whatever was fetched beside the room may have been missed. */
  snapshots: number;
  /** The time by the server's clock, ms of the Unix epoch. */
  serverNow: () => number;
  /** How this tab stands to what is shared, by what it has painted. */
  standing: OwnStanding;
  /** With `cannot`: what of it is not seen here. */
  missing: readonly Missing[];
  /** How the others stand, for those who lead; nothing otherwise. By person. */
  standings: ReadonlyMap<string, Standing>;
};

/** A tab that has not reached the room yet. */
export const outside: RoomState = {
  connection: 'reconnecting',
  silent: false,
  me: null,
  room: null,
  following: true,
  free: false,
  watching: null,
  along: 'with',
  watchers: [],
  ended: null,
  snapshots: 0,
  serverNow: () => Date.now(),
  standing: 'with',
  missing: [],
  standings: new Map(),
};

export type RoomHandlers = {
  /** The shared view to show now; null when nothing is shared for the open case yet. Not called while looking freely. */
  onView?: (view: SharedView | null) => void;
  /** What somebody shows whom this tab looks along with. */
  onGlimpse?: (view: ViewState, itemId: string, n: number | undefined) => void;
  /** The latest sequence that this tab has shown or sent. */
  onSeq?: (seq: number) => void;
  onPointers?: (pointers: RoomModel['pointers']) => void;
  /** What others draw that fades, as it is drawn. */
  onMarks?: (marks: readonly MarkUpdate[]) => void;
  /** Events of the deciding lane as they happen; replayed ones too. */
  onEvent?: (event: RoomEvent) => void;
  onParticipants?: (now: readonly Participant[], before: readonly Participant[]) => void;
  onNotice?: (notice: Notice) => void;
  onRefused?: (code: string) => void;
};

export type RoomSocket = Socket<ServerMessages, ClientMessages>;

export type RoomClientOptions = {
  sessionId: string;
  /** Origin of the server; the page's own by default. */
  url?: string;
  token?: string;
  /** Headers of the handshake, for clients that are no browser. */
  headers?: Record<string, string>;
  /** What makes the connection; Socket.IO's own by default. */
  dial?: (url: string, options: Partial<ManagerOptions & SocketOptions>) => RoomSocket;
  /** False: this tab shows no images at all, and says so (W8). */
  images?: boolean;
  /** How often at most a view leaves, in ms: asked at each; thirty a second by default. */
  tickMs?: () => number;
  /** After how long without a connection `reconnecting` is called `offline`; it goes on trying. */
  offlineAfterMs?: number;
};
