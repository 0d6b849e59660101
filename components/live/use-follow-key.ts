'use client';

import { useEffect } from 'react';
import type { RoomClient } from '@/lib/live/client.ts';
import { isForTyping } from './is-for-typing.ts';

/** `f`: back to what the presenter shows; never while something is being typed. */
export function useFollowKey(client: RoomClient | null): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (key.toLowerCase() !== 'f' || ctrlKey || metaKey || altKey || shiftKey) return;
      if (!isForTyping(event.target)) client?.follow();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [client]);
}
