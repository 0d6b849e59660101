import type { IncomingMessage, ServerResponse } from 'node:http';

export async function handleDicomWeb(_req: IncomingMessage, res: ServerResponse): Promise<void> {
  res.writeHead(503).end();
}
