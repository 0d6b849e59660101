import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestLocale, toProblem } from './problem.server.ts';

/** Answers what was thrown as problem+json; where the head of an answer has gone already, the connection is cut. */
export function sendProblem(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed || request.socket.destroyed) {
    // A status cannot be changed any more; a cut connection cannot be taken for the whole.
    if (!response.destroyed && !response.writableEnded) toProblem(error, 'en');
    response.destroy();
    return;
  }
  const problem = toProblem(error, requestLocale({ acceptLanguage: request.headers['accept-language'] }));
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(problem.status === 405 && { allow: 'GET, HEAD' }),
    // What is left of a body that was refused is not waited for.
    ...(request.method === 'POST' && !request.complete && { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
