import { AppError } from '@/lib/errors.ts';
import type { PollDraft } from './poll.ts';
import type { Command, EventContent, SharedView } from './protocol.ts';

/** An event before it is stored, with the client's id for it. */
export type Intent = EventContent & {
  by: string;
  clientId: string;
  /** Of these no event tells: a question is read beside the room, and a vote is its owner's. */
  poll?: PollDraft;
  option?: number;
  view?: SharedView;
  /** Who was not let in: that is theirs, and whoever's who answered. */
  declined?: string;
};

/** What of a command is written and not told. Throws `state_conflict` for a view that is not of the last ones. */
export function untold(
  command: Command,
  findView: (seq: number) => SharedView | undefined,
): Pick<Intent, 'poll' | 'option' | 'view' | 'declined'> {
  if (command.type === 'record.bookmark') {
    const view = findView(command.viewSeq);
    if (view?.itemId !== command.itemId) throw new AppError('state_conflict');
    return { view };
  }
  if (command.type === 'waiting.decline') return { declined: command.personId };
  if (command.type === 'poll.vote') return { option: command.option };
  if (command.type !== 'poll.ask') return {};
  const { question, options, hidden } = command;
  return { poll: { question, options, hidden } };
}
