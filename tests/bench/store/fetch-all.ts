import http from 'node:http';

/**
 * Fetches every address over a number of connections that stay open, as a browser does, and throws the bodies away.
 * Resolves with the milliseconds and the bytes of all bodies; rejects on any answer but 200.
 */
export async function fetchAll(
  urls: readonly string[],
  headers: Record<string, string>,
  connections: number,
): Promise<{ ms: number; bytes: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  let bytes = 0;
  const started = performance.now();
  const worker = async () => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      // Not `bytes += await`: that adds to what was before the others came.
      const got = await get(agent, url, headers);
      bytes += got;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const ms = performance.now() - started;
  agent.destroy();
  return { ms, bytes };
}

function get(agent: http.Agent, url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
  });
}
