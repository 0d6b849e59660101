import type { EventContent } from './protocol.ts';

export type Refused =
  | 'live_not_presenter'
  | 'live_observer'
  | 'live_may_not_annotate'
  | 'live_not_of_case'
  | 'live_not_recorded'
  | 'forbidden'
  | 'state_conflict';

/** `event: null`: it is so already. The command is acknowledged, and nothing is stored or told. */
export type Verdict = { ok: true; event: EventContent | null } | { ok: false; code: Refused };

export const asItIs: Verdict = { ok: true, event: null };
export const yes = (event: EventContent): Verdict => ({ ok: true, event });
export const no = (code: Refused): Verdict => ({ ok: false, code });
