import { log } from '@/lib/log.server.ts';
import { purgeDue } from '@/lib/store/corrections/purge-studies.server.ts';
import { runCorrection, waitingCorrections } from '@/lib/store/corrections/run-correction.server.ts';
import { onCorrectionAnnounced } from './announce.server.ts';

const SWEEP_MS = 30_000;
const PURGE_MS = 3_600_000;

/**
 * Corrections of studies, one after the other as they are asked for, and the purge of what was deleted, hourly. The
 * rows are the queue: what was cut is found by its state, also when another process had it.
 */
export function startCorrections(): { stop: () => Promise<void> } {
  const queue = new Set<string>();
  let stopped = false;
  let working: Promise<void> | undefined;

  const work = async () => {
    for (const id of queue) {
      if (stopped) return;
      queue.delete(id);
      await runCorrection(id).catch((error) => log.error({ err: error, correction: id }, 'correction'));
    }
  };
  const begin = () => {
    working ??= work().finally(() => {
      working = undefined;
      if (queue.size > 0 && !stopped) begin();
    });
  };
  const sweep = async () => {
    for (const id of await waitingCorrections()) queue.add(id);
    begin();
  };
  const every = (ms: number, name: string, job: () => Promise<unknown>) => {
    const guarded = () => void job().catch((error) => log.error({ err: error }, name));
    guarded();
    return setInterval(guarded, ms);
  };

  onCorrectionAnnounced((id) => {
    queue.add(id);
    begin();
  });
  const timers = [every(SWEEP_MS, 'corrections', sweep), every(PURGE_MS, 'purge', () => purgeDue())];
  return {
    stop: async () => {
      stopped = true;
      onCorrectionAnnounced(undefined);
      for (const timer of timers) clearInterval(timer);
      await working;
    },
  };
}
