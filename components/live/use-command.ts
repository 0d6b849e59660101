'use client';

import { useState } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { showProblem } from '@/components/ui/problem.ts';
import type { RoomClient } from '@/lib/live/client.ts';
import type { Command } from '@/lib/live/protocol.ts';
import { newId } from './new-id.ts';

type WithoutId<T> = T extends Command ? Omit<T, 'clientId'> : never;
export type Intent = WithoutId<Command>;
/** `done` is called once the server has accepted it. */
export type Decide = (intent: Intent, done?: () => void) => void;

/** Asks the server to decide; a refusal is said in words. `busy` while an answer is awaited. */
export function useCommand(client: RoomClient | null): { decide: Decide; busy: boolean } {
  const reason = useReason();
  const [waiting, setWaiting] = useState(0);
  const decide: Decide = (intent, done) => {
    if (!client) return;
    setWaiting((count) => count + 1);
    void client.command({ ...intent, clientId: newId() }).then((answer) => {
      setWaiting((count) => count - 1);
      if (answer.ok) done?.();
      else showProblem(reason(answer.code));
    });
  };
  return { decide, busy: waiting > 0 };
}
