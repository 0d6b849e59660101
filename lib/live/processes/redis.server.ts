import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import type { Server } from 'socket.io';
import { log } from '@/lib/log.server.ts';

type Adapter = NonNullable<Parameters<Server['adapter']>[0]>;

/** How Socket.IO reaches the other processes. */
export type Together = {
  adapter: Adapter;
  /** Hears of each connection to Redis that is there again: what was said, or was to be heard, meanwhile is lost. */
  onBack: (listener: () => void) => void;
  close: () => Promise<void>;
};

const ANSWER_MS = 5000;

/**
 * Connects to Redis, once to speak and once to hear. Throws when it does not answer; lost later, it is connected to
 * again for as long as it takes. What was said meanwhile is not kept: it would be old, and rooms start anew from a
 * snapshot.
 */
export async function connectRedis(url: string): Promise<Together> {
  let away = false;
  let back = () => {};
  const options = {
    url,
    disableOfflineQueue: true,
    pingInterval: 10_000,
    socket: {
      connectTimeout: ANSWER_MS,
      reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 500),
    },
  };
  const pub = createClient(options);
  const sub = createClient({ ...options, disableOfflineQueue: false });
  for (const client of [pub, sub]) {
    client.on('error', (error) => {
      if (!away) log.warn({ err: error }, 'Redis is away');
      away = true;
    });
    client.on('ready', () => {
      if (away) log.info('Redis is back');
      away = false;
      back();
    });
  }
  await Promise.race([Promise.all([pub.connect(), sub.connect()]), noAnswer()]).catch((error) => {
    pub.destroy();
    sub.destroy();
    throw error;
  });
  const publish = pub.publish.bind(pub);
  // The adapter does not look at what becomes of a message: a lost one must not end the process.
  Object.assign(pub, {
    publish: (channel: string, message: string) => publish(channel, message).catch(() => 0),
  });
  return {
    adapter: createAdapter(pub, sub, { key: 'consilium' }) as Adapter,
    onBack: (listener) => {
      back = listener;
    },
    close: async () => {
      pub.destroy();
      sub.destroy();
    },
  };
}

const noAnswer = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('REDIS_URL does not answer')), ANSWER_MS).unref();
  });
