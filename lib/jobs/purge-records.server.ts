import type PgBoss from 'pg-boss';
import { purgeRecords } from '@/lib/live/record/retention.server.ts';

const PURGE = 'purge-records';

/** Every night: records of sessions that are older than their centre keeps them. One process of several does it. */
export async function schedulePurgeRecords(boss: PgBoss): Promise<void> {
  await boss.createQueue(PURGE);
  await boss.work(PURGE, { pollingIntervalSeconds: 60 }, async () => {
    await purgeRecords();
  });
  await boss.schedule(PURGE, '40 3 * * *');
}
