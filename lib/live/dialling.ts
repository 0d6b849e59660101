import { DRAWS } from './protocol.ts';

/** How a page dials, and dials again. */
export const dialling = {
  path: '/live',
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  reconnectionDelay: 250,
  reconnectionDelayMax: 3000,
  timeout: 10_000,
  autoConnect: false,
  forceNew: true,
  query: { draws: DRAWS },
};

/** Codes of refusals that time mends. Mending others needs a new sign-in; anything else is final. */
export const PASSING: ReadonlySet<string> = new Set(['unavailable', 'internal']);

/**
 * How long after the server's own goodbye to dial again, in ms: at once, nearly, since another process is there when one
 * is replaced; and not the whole of a crowd in the same moment.
 */
export const backAfterMs = (): number => 100 + 200 * Math.random();
