import { NextRequest } from 'next/server';
import { readBody } from './read-body.ts';

/** The same request with its body read already, for a handler of others' that would read it to whatever end. */
export async function boundedRequest(request: Request, limit: number): Promise<NextRequest> {
  const body = await readBody(request, limit);
  const { method, headers } = request;
  return new NextRequest(request.url, { method, headers, ...(body.length > 0 && { body }) });
}
