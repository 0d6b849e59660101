import http from 'node:http';
import type { CtSeries } from './ct-series.ts';

const BOUNDARY = 'consilium-bench-boundary';

/** STOW-RS of a series in batches over several connections. Resolves with the milliseconds it took. */
export async function stow(
  target: { origin: string; headers: Record<string, string> },
  series: CtSeries,
  { batch, connections }: { batch: number; connections: number },
): Promise<number> {
  const bodies: Buffer[] = [];
  for (let at = 0; at < series.instances.length; at += batch)
    bodies.push(body(series.instances.slice(at, at + batch).map(({ bytes }) => bytes)));
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const worker = async () => {
    for (let next = bodies.pop(); next; next = bodies.pop()) await post(agent, target, next);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = performance.now() - started;
  agent.destroy();
  return took;
}

function body(parts: readonly Buffer[]): Buffer {
  const head = Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`);
  return Buffer.concat([
    ...parts.flatMap((part) => [head, part, Buffer.from('\r\n')]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

function post(
  agent: http.Agent,
  { origin, headers }: { origin: string; headers: Record<string, string> },
  bytes: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${origin}/studies`,
      {
        agent,
        method: 'POST',
        headers: {
          ...headers,
          accept: 'application/dicom+json',
          'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
          'content-length': bytes.length,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`STOW-RS answered ${response.statusCode}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}
