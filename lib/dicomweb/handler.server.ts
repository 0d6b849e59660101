import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { sendProblem } from '@/lib/http/send-problem.server.ts';
import { parseAccept } from './accept.ts';
import { sendAnswer } from './answer.ts';
import { sendBulkData } from './bulkdata.server.ts';
import { sendFrames } from './frames.server.ts';
import { retrieveMetadata } from './metadata.server.ts';
import { actorOf } from './open.server.ts';
import { type DicomWebRequest, parsePath } from './path.ts';
import { search } from './qido.server.ts';
import { rendered, thumbnail } from './rendered.server.ts';
import { sendInstances } from './retrieve.server.ts';
import { storeInstances } from './stow.server.ts';

/**
 * DICOMweb (PS3.18) at `/dicomweb`, or at `/dicomweb/cases/<id>` for what is attached to one case: store, search and
 * retrieve. Outside of Next's router, because frames are many and must not wait behind pages. Who asks is known before
 * a byte of the body is read.
 */
export async function handleDicomWeb(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = request.url ?? '/';
    const question = url.indexOf('?');
    const path = parsePath(question < 0 ? url : url.slice(0, question));
    if (!path) throw new AppError('not_found');
    const actor = await actorOf(request);
    const parameters = new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
    if (request.method === 'POST') await post(actor, path, parameters, request, response);
    else if (request.method === 'GET' || request.method === 'HEAD')
      await get(actor, path, parameters, request, response);
    else throw new AppError('method_not_allowed');
  } catch (error) {
    sendProblem(error, request, response);
  }
}

async function post(
  actor: AuthenticatedActor,
  path: DicomWebRequest,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isStore = path.service === 'studies' || (path.service === 'retrieve' && path.series === null);
  // What a case shows is attached to it by people, not sent to it.
  if (!isStore || path.caseId !== null) throw new AppError('method_not_allowed');
  const answer = await storeInstances(actor, path, parameters, request);
  sendAnswer(request, response, answer);
}

async function get(
  actor: AuthenticatedActor,
  path: DicomWebRequest,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The query parameter is for those who cannot set headers, and wins (PS3.18 8.3.3.1).
  const accept = parseAccept(parameters.get('accept') ?? request.headers.accept);
  switch (path.service) {
    case 'frames':
      return sendFrames(actor, path, accept, request, response);
    case 'retrieve':
      return sendInstances(actor, path, accept, request, response);
    case 'bulkdata':
      return sendBulkData(actor, path, accept, request, response);
    case 'metadata':
      return sendAnswer(
        request,
        response,
        await retrieveMetadata(actor, path, accept, String(request.headers['accept-encoding'] ?? '')),
      );
    case 'rendered':
    case 'renderedFrames':
      return sendAnswer(request, response, await rendered(actor, path, parameters, accept));
    case 'thumbnail':
      return sendAnswer(request, response, await thumbnail(actor, path, parameters, accept));
    case 'studies':
    case 'series':
    case 'instances':
      return sendAnswer(request, response, await search(actor, path, parameters, accept));
  }
}
