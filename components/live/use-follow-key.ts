'use client';

import { useEffect } from 'react';
import type { RoomClient } from '@/lib/live/client.ts';

/** `f`: back to what the presenter shows; never while something is being typed. */
export function useFollowKey(client: RoomClient | null): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      client?.follow();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [client]);
}

const TYPING = 'input, textarea, select, dialog, [contenteditable="true"]';
