import type { CommandSet } from './command-set.ts';

/** How far a retrieval has come (PS3.7 9.1.3.1.6). */
export type Progress = { remaining: number; completed: number; failed: number; warning: number };

export const progressOf = (command: CommandSet): Progress => ({
  remaining: command.remaining ?? 0,
  completed: command.completed ?? 0,
  failed: command.failed ?? 0,
  warning: command.warning ?? 0,
});

/** A warning: some of the sub-operations failed (PS3.4 C.4.2.1.5); the counts tell how many. */
export const SOME_FAILED = 0xb000;
