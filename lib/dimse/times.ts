/** Milliseconds. */
export type Times = {
  /** For the whole of the association's request, and for the end after a release or abort (PS3.8 9.1.5, ARTIM). */
  artim: number;
  /** Within a message: the least amount of bytes must come, or be taken, in each such stretch. */
  stall: number;
  /** Between messages. */
  idle: number;
};
export const DEFAULT_TIMES: Times = { artim: 30_000, stall: 30_000, idle: 300_000 };
