import PgBoss from 'pg-boss';
import { databaseUrl, db } from '@/lib/db/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { makeThumbnail } from '@/lib/store/make-thumbnail.server.ts';
import { makeSeriesMetadata } from '@/lib/store/series-metadata.server.ts';
import { onSeriesAnnounced } from './announce.server.ts';
import { startCorrections } from './corrections.server.ts';
import { schedulePurgeRecords } from './purge-records.server.ts';
import { Settling } from './settle.ts';
import { scheduleSweep } from './sweep.server.ts';

const THUMBNAIL = 'thumbnail';
const LOOK_MS = 500;

type Running = { stop: () => Promise<void> };
/** Starts work that only one server may do at a time: at once, or when it is this one's turn. */
export type InOne = (start: () => Running | Promise<Running>) => Promise<Running>;

/**
 * Work that can be done again at will, in queues in PostgreSQL. Series that came while no server ran (import from
 * disk), or while one was killed, are found by their missing picture.
 */
export async function startJobs(inOne: InOne = async (start) => start()): Promise<Running> {
  const boss = new PgBoss({ connectionString: databaseUrl(), max: 4 });
  boss.on('error', (error) => log.error({ err: error }, 'jobs'));
  await boss.start();
  await boss.createQueue(THUMBNAIL);
  await boss.work<{ seriesId: string }>(THUMBNAIL, { pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const job of jobs) {
      // The metadata can be made again when asked for; without them there is still a picture to make.
      await makeSeriesMetadata(job.data.seriesId).catch((error) => log.error({ err: error }, 'metadata'));
      await makeThumbnail(job.data.seriesId);
    }
  });
  await scheduleSweep(boss);
  await schedulePurgeRecords(boss);
  const send = (seriesId: string) =>
    boss.send(THUMBNAIL, { seriesId }, { singletonKey: seriesId, retryLimit: 2 });

  const settling = new Settling();
  onSeriesAnnounced((seriesId) => settling.came(seriesId, performance.now()));
  const looker = setInterval(() => {
    for (const seriesId of settling.settled(performance.now()))
      void send(seriesId).catch((error) => log.error({ err: error }, 'thumbnail'));
  }, LOOK_MS);
  const sweep = async () => {
    const missing = await db().series.findMany({
      where: { OR: [{ thumbnail: 'none' }, { metadataRevision: { lt: db().series.fields.revision } }] },
      select: { id: true },
      take: 200,
    });
    for (const { id } of missing) if (!settling.has(id)) await send(id);
  };
  await sweep();
  const sweeper = setInterval(
    () => void sweep().catch((error) => log.error({ err: error }, 'thumbnails')),
    15_000,
  );

  const corrections = await inOne(startCorrections);

  return {
    stop: async () => {
      await corrections.stop();
      clearInterval(sweeper);
      onSeriesAnnounced(undefined);
      clearInterval(looker);
      await boss.stop({ graceful: true, wait: true, timeout: 5000 });
    },
  };
}
