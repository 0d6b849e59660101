import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import next from 'next';
import { writeRunFile } from '@/lib/db/data-dir-lock.server.ts';
import { runInOneOfSeveral } from '@/lib/db/one-of-several.server.ts';
import { openServerDatabase } from '@/lib/db/open.server.ts';
import { handleDicomWeb } from '@/lib/dicomweb/handler.server.ts';
import { startDimse } from '@/lib/dimse/start.server.ts';
import { type Env, parseEnv } from '@/lib/env.ts';
import { answered } from '@/lib/http/answered.server.ts';
import { handleHealth, setListenerCheck, setReady } from '@/lib/http/health.server.ts';
import { type InOne, startJobs } from '@/lib/jobs/jobs.server.ts';
import { keptSecret } from '@/lib/kept-secret.server.ts';
import { connectRedis } from '@/lib/live/processes/redis.server.ts';
import { attachLive } from '@/lib/live/room.server.ts';
import { log } from '@/lib/log.server.ts';
import { admit, destination } from '@/lib/network/callers.server.ts';
import { startTransfers } from '@/lib/network/run-transfers.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { keepDemonstrationCurrent, seedDemonstration } from '@/prisma/seed/demonstration.ts';

/** The composition root: opens every door in order, says `ready`, and closes them in the opposite order. */
async function main(env: Env): Promise<void> {
  const closers: { name: string; close: () => Promise<unknown> }[] = [];
  const onClose = (name: string, close: () => Promise<unknown>) => closers.unshift({ name, close });

  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    setReady(false);
    for (const { name, close } of closers) {
      await close().catch((error) => log.error({ err: error }, `closing ${name}`));
    }
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0));

  try {
    const database = await openServerDatabase(env);
    onClose('database', database.close);
    await openStore(database.owner);
    if (env.DEMO) await seedDemonstration();

    /** Work that several servers must not do at the same time. */
    const inOne: InOne = (start) =>
      env.REDIS_URL ? runInOneOfSeveral(database.url, start) : Promise.resolve(start());
    const jobs = await startJobs(inOne);
    onClose('jobs', jobs.stop);
    if (env.DEMO) onClose('demonstration', keepDemonstrationCurrent());

    // next-auth reads these two from the process.
    process.env.NEXTAUTH_SECRET =
      env.NEXTAUTH_SECRET ?? (await keptSecret(path.join(env.DATA_DIR, 'secrets', 'nextauth')));
    process.env.DATA_DIR = env.DATA_DIR;
    await database.share();
    const together = env.REDIS_URL ? await connectRedis(env.REDIS_URL) : undefined;
    if (together) onClose('Redis', together.close);

    // A study takes as long as its line needs; who sends no head for a minute is still sent away (headersTimeout).
    // A proxy keeps its connections for a minute: closed here first, one of them breaks under a request in flight.
    const server = createServer({ requestTimeout: 0, keepAliveTimeout: 75_000 });
    await listen(server, env);
    const { port } = server.address() as AddressInfo;
    const shownHost = env.HOST === '127.0.0.1' || env.HOST === '0.0.0.0' ? 'localhost' : env.HOST;
    const origin = `http://${shownHost}:${port}`;
    // Unset, next-auth trusts the Host header: right on one machine under any of its names.
    if (env.NEXTAUTH_URL) process.env.NEXTAUTH_URL = env.NEXTAUTH_URL;
    else process.env.AUTH_TRUST_HOST = '1';

    const dev = process.env.NODE_ENV === 'development';
    const app = next({
      dev,
      dir: process.cwd(),
      hostname: env.HOST,
      port,
      httpServer: server,
      ...(dev && { webpack: true }),
    });
    await app.prepare();
    onClose('pages', () => app.close());
    const pages = app.getRequestHandler();
    onClose('HTTP', () => closeServer(server));
    // Closed before HTTP, which waits for every open connection: a room's never ends by itself.
    const live = attachLive(server, {}, together);
    onClose('rooms', live.close);
    server.on(
      'request',
      answered((pathname, request, response) => dispatch(pathname, request, response, pages)),
    );

    const listener = await startDimse(env, { admit, destination });
    setListenerCheck(listener.listening);
    onClose('DICOM listener', listener.close);
    // Behind the listener: what a node sends because we asked for it comes by that door.
    const transfers = await inOne(() => startTransfers());
    onClose('transfers', transfers.stop);

    await writeRunFile(env.DATA_DIR, database.url);
    setReady(true);
    process.stdout.write(`ready ${origin}\n`);
  } catch (error) {
    log.fatal({ err: error }, 'start failed');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

async function dispatch(
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<void> {
  if (pathname === '/live' || pathname.startsWith('/live/')) return; // Socket.IO listens on the same server.
  if (await handleHealth(pathname, request, response)) return;
  if (pathname === '/dicomweb' || pathname.startsWith('/dicomweb/')) return handleDicomWeb(request, response);
  await pages(request, response);
}

function listen(server: ReturnType<typeof createServer>, env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`PORT ${env.PORT} is in use`) : error),
    );
    server.listen(env.PORT, env.HOST, resolve);
  });
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A download that never ends must not keep a stopping server; the database still closes cleanly after it.
    setTimeout(() => server.closeAllConnections(), 3000).unref();
  });
}

try {
  await main(parseEnv(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
