import fs from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';
import { db } from '@/lib/db/client.server.ts';
import { env } from '@/lib/env.ts';

let ready = false;
const shared = globalThis as typeof globalThis & { consiliumMetrics?: true };
if (!shared.consiliumMetrics) {
  shared.consiliumMetrics = true;
  collectDefaultMetrics();
}

/** Set by the composition root when every door is open, and taken back when it begins to stop. */
export function setReady(value: boolean): void {
  ready = value;
}

let listening = () => false;

/** How to see whether the DICOM listener takes callers. */
export function setListenerCheck(check: () => boolean): void {
  listening = check;
}

/** `/healthz`, `/readyz`, `/metrics`: no sign-in, nothing of a patient's. True when it answered. */
export async function handleHealth(
  pathname: string,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (pathname) {
    case '/healthz':
      send(response, 200, 'application/json', '{"status":"alive"}');
      return true;
    case '/readyz': {
      const checks = await readiness();
      const ok = Object.values(checks).every((check) => check === 'ok');
      send(
        response,
        ok ? 200 : 503,
        'application/json',
        JSON.stringify({ status: ok ? 'ready' : 'not ready', checks }),
      );
      return true;
    }
    case '/metrics':
      send(response, 200, register.contentType, await register.metrics());
      return true;
    default:
      return false;
  }
}

async function readiness(): Promise<Record<'doors' | 'database' | 'storage' | 'listener', 'ok' | 'failed'>> {
  const verdict = (promise: Promise<unknown>) =>
    promise.then(
      () => 'ok' as const,
      () => 'failed' as const,
    );
  const [database, storage] = await Promise.all([
    verdict(db().$queryRaw`SELECT 1`),
    verdict(fs.access(env().DATA_DIR, fs.constants.W_OK)),
  ]);
  const said = (value: boolean) => (value ? ('ok' as const) : ('failed' as const));
  return { doors: said(ready), database, storage, listener: said(listening()) };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
