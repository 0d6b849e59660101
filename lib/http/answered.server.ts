import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@/lib/errors.ts';
import { sendProblem } from './send-problem.server.ts';

type Dispatch = (pathname: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * A listener for requests that leaves none without an answer: whatever is thrown before one becomes one. A target that
 * is no URL (`//`) is refused before anybody is asked who they are.
 */
export function answered(dispatch: Dispatch): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const run = async () => dispatch(pathOf(request.url ?? '/'), request, response);
    run().catch((error: unknown) => sendProblem(error, request, response));
  };
}

function pathOf(target: string): string {
  try {
    return new URL(target, 'http://localhost').pathname;
  } catch (cause) {
    throw new AppError('malformed_request', { cause });
  }
}
