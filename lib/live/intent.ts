import type { PollDraft } from './poll.ts';
import type { Command, EventContent } from './protocol.ts';

/** An event before it is stored, with the client's id for it. */
export type Intent = EventContent & {
  by: string;
  clientId: string;
  /** Of these no event tells: a question is read beside the room, and a vote is its owner's. */
  poll?: PollDraft;
  option?: number;
};

/** What of a command is written and not told. */
export function untold(command: Command): Pick<Intent, 'poll' | 'option'> {
  if (command.type === 'poll.vote') return { option: command.option };
  if (command.type !== 'poll.ask') return {};
  const { question, options, hidden } = command;
  return { poll: { question, options, hidden } };
}
