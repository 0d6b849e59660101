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

/** A hand that goes along a record of that length, as fast as it is told. */
export function usePlaying(lengthMs: number): Playing {
  const [position, setPosition] = useState(0);
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
