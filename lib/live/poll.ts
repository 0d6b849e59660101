import { z } from 'zod';

/** Characters of a question and of an answer, and how many answers there are. */
export const pollLimits = { question: 300, option: 120, fewest: 2, options: 6 } as const;

/** A question to the room with its answers. `hidden`: nobody sees the result before it is closed. */
export const pollDraft = {
  question: z.string().trim().min(1).max(pollLimits.question),
  options: z
    .array(z.string().trim().min(1).max(pollLimits.option))
    .min(pollLimits.fewest)
    .max(pollLimits.options)
    .refine((options) => new Set(options).size === options.length),
  hidden: z.boolean(),
};
export type PollDraft = { question: string; options: string[]; hidden: boolean };

/** What of polls is the room's state: their words and votes are read beside it, as far as they are shown. */
export type PollNow = {
  /** The poll that is open. */
  openId: string | null;
  /** The latest event about polls: whoever holds an older result reads it again. */
  seq: number;
};

export const noPoll: PollNow = { openId: null, seq: 0 };

/** The polls after an event. Another case ends the poll of the one that is left. */
export function applyPoll(
  poll: PollNow,
  event: { type: string; seq: number; itemId?: string; pollId?: string },
  openItemId: string | null,
): PollNow {
  switch (event.type) {
    case 'poll.ask':
      return { openId: event.pollId ?? null, seq: event.seq };
    case 'poll.vote':
      return { ...poll, seq: event.seq };
    case 'poll.close':
      return { openId: null, seq: event.seq };
    case 'item.open':
      return poll.openId === null || event.itemId === openItemId ? poll : { openId: null, seq: event.seq };
    default:
      return poll;
  }
}
