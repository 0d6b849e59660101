import type PgBoss from 'pg-boss';
import { sweepOrphans } from '@/lib/store/sweep-orphans.server.ts';

const SWEEP = 'sweep';

/** Every night: blobs that no object names go. One process of several does it. */
export async function scheduleSweep(boss: PgBoss): Promise<void> {
  await boss.createQueue(SWEEP);
  await boss.work(SWEEP, { pollingIntervalSeconds: 60 }, async () => {
    await sweepOrphans();
  });
  await boss.schedule(SWEEP, '20 3 * * *');
}
