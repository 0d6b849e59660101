import { useEffect } from 'react';
import type { RoomClient } from '@/lib/live/client.ts';

/** A hidden page paints nothing: whoever presents is told that nobody looks at it. */
export function useHidden(client: RoomClient | null): void {
  useEffect(() => {
    const tell = () => client?.hidden(document.hidden);
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client]);
}
