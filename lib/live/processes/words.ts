import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { Notice, Participant, SharedView } from '../protocol.ts';

/** What processes tell each other about rooms, by Socket.IO's `serverSideEmit`. Processes are known by their ids. */
export type ProcessMessages = {
  up: (message: Up) => void;
  down: (message: Down) => void;
  notice: (sessionId: string, notice: Notice) => void;
  /** Notices of the sender may have been lost. */
  missed: () => void;
};

/** From a process with connections of a room to the room's authority. */
export type Up = {
  to: string;
  from: string;
  sessionId: string;
  /** One stretch of messages without a gap. Its first message (`n` is 0) names everybody who is there. */
  link: string;
  n: number;
  words: UpWord[];
};

/** Connections are numbered by the process that has them. */
export type UpWord =
  | {
      type: 'enter';
      id: number;
      actor: AuthenticatedActor;
      participant: Participant;
      lastSeq: number;
      protocol: number;
    }
  | { type: 'leave'; id: number }
  /** What a client said. `actor`: who the sender is, read again, where an answer is waited for under the number `k`. */
  | { type: 'say'; id: number; message: string; content: unknown; k?: number; actor?: AuthenticatedActor };

/** Connections of each process; `all` those that have entered. */
export type Addressed = Record<string, number[] | 'all'>;

/** From a room's authority to all processes that have connections of it. */
export type Down = {
  from: string;
  sessionId: string;
  epoch: number;
  n: number;
  /** To which stretch of each process's messages this belongs; one that finds another there, or none, starts anew. */
  links: Record<string, string>;
  /**
   * The `n` at which each of these stretches began, the message that lets everybody in: a stretch whose beginning was
   * not heard is not one. Unset by a process of the version before.
   */
  began?: Record<string, number>;
  words: DownWord[];
  /** What snapshots among the words have in common, once. */
  shared?: { participants: Participant[]; view: SharedView | null };
  /** The authority gives the room up. */
  released?: true;
};

export type DownWord =
  | { type: 'tell'; message: string; content: unknown[]; to: Addressed }
  | { type: 'answer'; k: number; answer: unknown; to: Addressed }
  | { type: 'hangUp'; to: Addressed };
