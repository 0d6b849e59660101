import type { Broadcast } from './broadcast.server.ts';
import type { Wire } from './latest-slot.ts';
import type { ServerMessages } from './protocol.ts';

/** One connection as the room sees it, whatever carries it. What is sent after its end is nobody's. */
export type Line = Wire & {
  readonly open: boolean;
  emit: <M extends keyof ServerMessages>(message: M, ...content: Parameters<ServerMessages[M]>) => void;
  /** The same to many, in order with everything else. */
  tell: (message: Broadcast) => void;
  /** The same to many, past whatever queues; false when nothing is taken now, and nothing was sent. */
  pass: (message: Broadcast) => boolean;
  /** Ends it without a reason to stay away: the page comes back by itself. */
  hangUp: () => void;
};
