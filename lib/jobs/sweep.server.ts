import type PgBoss from 'pg-boss';
import { sweepDerived, sweepOrphans } from '@/lib/store/sweep-orphans.server.ts';

const SWEEP = 'sweep';

/** Every night: blobs that no object names go, and what was derived from series that are no more. One process of several does it. */
export async function scheduleSweep(boss: PgBoss): Promise<void> {
  await boss.createQueue(SWEEP);
  await boss.work(SWEEP, { pollingIntervalSeconds: 60 }, async () => {
    await sweepOrphans();
    await sweepDerived();
  });
  await boss.schedule(SWEEP, '20 3 * * *');
}
