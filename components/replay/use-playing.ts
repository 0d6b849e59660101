'use client';

import { useCallback, useEffect, useState } from 'react';

export const speeds = [1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

export type Playing = {
  /** Ms from the record's beginning. */
  position: number;
  playing: boolean;
  speed: Speed;
  setSpeed: (speed: Speed) => void;
  play: (playing: boolean) => void;
  seek: (position: number) => void;
};

/** A hand that goes along a record of that length, as fast as it is told; it stands at `first` to begin with. */
export function usePlaying(lengthMs: number, first: number): Playing {
  const [position, setPosition] = useState(first);
  const [wanted, setWanted] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const playing = wanted && position < lengthMs;
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const passed = Math.max(0, now - last) * speed;
      last = now;
      setPosition((at) => Math.min(lengthMs, at + passed));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, lengthMs]);
  const seek = useCallback((to: number) => setPosition(Math.min(lengthMs, Math.max(0, to))), [lengthMs]);
  const play = useCallback(
    (on: boolean) => {
      // From the end it begins anew.
      if (on) setPosition((at) => (at >= lengthMs ? 0 : at));
      setWanted(on);
    },
    [lengthMs],
  );
  return { position, playing, speed, setSpeed, play, seek };
}
