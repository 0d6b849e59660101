import { io, type Socket } from 'socket.io-client';
import { dialling, PASSING } from '../dialling.ts';
import { PROTOCOL_VERSION } from '../protocol.ts';
import {
  WAITING_NAMESPACE,
  type WaitingClientMessages,
  type WaitingServerMessages,
  type WaitingWord,
} from './words.ts';

export type WaitingState = {
  doing: WaitingWord['doing'] | 'connecting' | 'ended';
  /** After having been declined: whether one may ask again. */
  mayAsk: boolean;
  /** Why the door is closed: an error code. */
  code: string | null;
};

/** One tab at a room's door. Comes back by itself after a lost connection, until it is answered. */
export class WaitingClient {
  private readonly socket: Socket<WaitingServerMessages, WaitingClientMessages>;
  private readonly listeners = new Set<() => void>();
  private current: WaitingState = { doing: 'connecting', mayAsk: false, code: null };
  private retry: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(options: { sessionId: string; url?: string; token?: string }) {
    const { sessionId, url = '', token } = options;
    this.socket = io(`${url}${WAITING_NAMESPACE}`, {
      ...dialling,
      autoConnect: true,
      auth: { sessionId, protocol: PROTOCOL_VERSION, ...(token && { token }) },
    });
    this.socket.on('state', (word) => this.hear(word));
    this.socket.on('ended', ({ code }) => this.end(code));
    this.socket.on('disconnect', () => {
      if (this.current.doing === 'ended' || this.current.doing === 'admitted') return;
      this.set({ doing: 'connecting' });
      // The server's own goodbye (it stops, or is replaced) is no reason to stay away.
      if (!this.socket.active) this.comeBack(500);
    });
    this.socket.on('connect_error', (error) => {
      const code = (error as Error & { data?: { code?: string } }).data?.code;
      if (code === undefined) return;
      if (PASSING.has(code)) this.comeBack(1000);
      else this.end(code === 'unauthenticated' ? 'session_expired' : code);
    });
  }

  get state(): WaitingState {
    return this.current;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks again after having been declined; the server says when that is too early. */
  ask(): void {
    this.set({ mayAsk: false });
    this.socket.emit('ask');
  }

  close(): void {
    clearTimeout(this.retry);
    clearTimeout(this.again);
    this.listeners.clear();
    // Its own goodbye is none to come back from.
    this.socket.off();
    this.socket.disconnect();
  }

  private hear(word: WaitingWord): void {
    clearTimeout(this.again);
    this.set({ doing: word.doing, mayAsk: false });
    if (word.doing === 'declined') this.again = setTimeout(() => this.set({ mayAsk: true }), word.againInMs);
    if (word.doing === 'admitted') this.socket.disconnect();
  }

  private end(code: string): void {
    this.set({ doing: 'ended', code });
    this.socket.disconnect();
  }

  private comeBack(inMs: number): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), inMs);
  }

  private set(change: Partial<WaitingState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}
