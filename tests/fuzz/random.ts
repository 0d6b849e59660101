/** Numbers that are the same again for the same seed (mulberry32). */
export type Random = {
  /** 0 to 1, without 1. */
  next: () => number;
  /** 0 to `below` - 1. */
  integer: (below: number) => number;
  pick: <T>(from: readonly T[]) => T;
  chance: (share: number) => boolean;
};

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    pick: (from) => from[integer(from.length)] as (typeof from)[number],
    chance: (share) => next() < share,
  };
}
