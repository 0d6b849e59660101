'use client';

import { useCallback, useState } from 'react';
import type { Playing } from './use-playing.ts';

/**
 * Whether the reader sees their own view instead of the recorded one: from a move by hand on, which stops the replay,
 * until they play on, go to another moment, or ask for the recorded view.
 */
export function useOwnView(hand: Playing): {
  playing: Playing;
  own: boolean;
  move: () => void;
  back: () => void;
} {
  const [own, setOwn] = useState(false);
  const back = useCallback(() => setOwn(false), []);
  const move = useCallback(() => {
    hand.play(false);
    setOwn(true);
  }, [hand.play]);
  const play = useCallback(
    (on: boolean) => {
      if (on) setOwn(false);
      hand.play(on);
    },
    [hand.play],
  );
  const seek = useCallback(
    (to: number) => {
      setOwn(false);
      hand.seek(to);
    },
    [hand.seek],
  );
  return { playing: { ...hand, play, seek }, own, move, back };
}
