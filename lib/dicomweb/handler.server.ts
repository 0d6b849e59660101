import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AuthenticatedActor, actorFromHeaders } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { requestLocale, toProblem } from '@/lib/http/problem.server.ts';
import type { DicomWebAnswer } from './answer.ts';
import { type DicomWebRequest, parsePath } from './path.ts';
import { queryInstances, querySeries, queryStudies } from './qido.server.ts';
import { retrieveBulkData, retrieveFrames, retrieveInstance, retrieveMetadata } from './wado.server.ts';

/**
 * DICOMweb (PS3.18) at `/dicomweb`, or at `/dicomweb/cases/<id>` for what is attached to one case: search and
 * retrieve. Outside of Next's router, because frames are many and must not wait behind pages.
 */
export async function handleDicomWeb(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const parsed = parsePath(url.pathname);
    if (!parsed) throw new AppError('not_found');
    const actor = await actorOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new AppError('method_not_allowed');
    const answer = await serve(actor, parsed, url, request);
    if (answer.headers.etag && request.headers['if-none-match'] === answer.headers.etag) {
      response
        .writeHead(304, {
          etag: answer.headers.etag,
          'cache-control': answer.headers['cache-control'] ?? 'private',
        })
        .end();
      return;
    }
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
    });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  } catch (error) {
    const problem = toProblem(error, requestLocale({ acceptLanguage: request.headers['accept-language'] }));
    const body = JSON.stringify(problem);
    response.writeHead(problem.status, {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    response.end(body);
  }
}

function serve(
  actor: AuthenticatedActor,
  path: DicomWebRequest,
  url: URL,
  request: IncomingMessage,
): Promise<DicomWebAnswer> {
  switch (path.service) {
    case 'studies':
      return queryStudies(actor, path, url.searchParams);
    case 'series':
      return querySeries(actor, path);
    case 'instances':
      return queryInstances(actor, path);
    case 'metadata':
      return retrieveMetadata(actor, path, request.headers['accept-encoding'] ?? '');
    case 'instance':
      return retrieveInstance(actor, path, request.headers.accept ?? '');
    case 'frames':
      return retrieveFrames(actor, path);
    case 'bulkdata':
      return retrieveBulkData(actor, path);
  }
}

// A viewer asks for hundreds of frames a second; who asks is looked up once in a few seconds, not once a frame.
const ACTOR_SECONDS = 3;
const actors = new Map<string, { until: number; actor: AuthenticatedActor }>();

async function actorOf(request: IncomingMessage): Promise<AuthenticatedActor> {
  const { cookie, authorization } = request.headers;
  const key = `${cookie}\n${authorization}`;
  const known = actors.get(key);
  if (known && known.until > Date.now()) return known.actor;
  const actor = await actorFromHeaders({ cookie, authorization }, 'dicomweb');
  if (!actor) throw new AppError('unauthenticated');
  if (actors.size > 1000) actors.clear();
  actors.set(key, { until: Date.now() + ACTOR_SECONDS * 1000, actor });
  return actor;
}
