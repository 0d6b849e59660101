'use client';

import { useEffect } from 'react';
import type { RoomClient } from '@/lib/live/client.ts';
import { isForTyping } from './is-for-typing.ts';

/** `f`: back to what the presenter shows; never while something is being typed. */
export function useFollowKey(client: RoomClient | null): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isForTyping(event.target)) client?.follow();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [client]);
}
