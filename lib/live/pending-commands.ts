import type { Acknowledgement, Command } from './protocol.ts';

/** What was asked of the server and is not answered yet: asked again after a cut, under the same ids. */
export class PendingCommands {
  private readonly waiting = new Map<
    string,
    { command: Command; settle: (answer: Acknowledgement) => void }
  >();

  add(command: Command, settle: (answer: Acknowledgement) => void): void {
    this.waiting.set(command.clientId, { command, settle });
  }

  all(): Command[] {
    return [...this.waiting.values()].map(({ command }) => command);
  }

  settle({ clientId }: Command, answer: Acknowledgement): void {
    this.waiting.get(clientId)?.settle(answer);
    this.waiting.delete(clientId);
  }

  /** No answer will come. */
  fail(code: string): void {
    for (const { settle } of this.waiting.values()) settle({ ok: false, code });
    this.waiting.clear();
  }
}
