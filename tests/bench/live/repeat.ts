/** So often, or for so long on a machine that is busy: a benchmark ends by itself. */
export type Limit = { times: number; withinMs: number };

/** Returns how often it was done. */
export async function repeat(limit: Limit, act: (turn: number) => Promise<void>): Promise<number> {
  const until = performance.now() + limit.withinMs;
  let turn = 0;
  while (turn < limit.times && performance.now() < until) {
    await act(turn);
    turn += 1;
  }
  return turn;
}
