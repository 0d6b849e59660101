import { z } from 'zod';
import { type AuthenticatedActor, actorFromHeaders } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { type Locale, requestLocale, toProblem } from './problem.server.ts';
import { readBody } from './read-body.ts';
import { mayBeUnstorable, unstorablePath } from './schema.ts';

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

export type RouteInput<P, Q, B> = {
  actor: AuthenticatedActor;
  params: P;
  query: Q;
  body: B;
  request: Request;
  locale: Locale;
};

export type RouteDefinition<P, Q, B> = {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  /** Parsed from JSON. Leave out to read `request.body` as a stream. */
  body?: z.ZodType<B>;
  /** Status of a successful answer; 200 unless told, 204 when the handler returns undefined. */
  status?: number;
  handler: (input: RouteInput<P, Q, B>) => Promise<unknown>;
};

/** What a defined route tells about itself, for the OpenAPI description. */
export type Route = ((request: Request, context: Context) => Promise<Response>) & {
  definition: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; status?: number };
};

const MAX_JSON_BYTES = 1_000_000;

/**
 * A route as a declaration: who may (somebody signed in), what shape, which use case. The handler returns plain data
 * (answered as JSON) or a Response of its own; whatever is thrown becomes problem+json in the caller's language.
 */
export function withRoute<P = unknown, Q = unknown, B = unknown>(
  definition: RouteDefinition<P, Q, B>,
): Route {
  const route = async (request: Request, context: Context): Promise<Response> => {
    const said = {
      cookie: request.headers.get('cookie'),
      acceptLanguage: request.headers.get('accept-language'),
    };
    let locale = requestLocale(said);
    try {
      const authorization = request.headers.get('authorization');
      const actor = await actorFromHeaders(
        { cookie: request.headers.get('cookie'), authorization },
        authorization ? 'api' : 'web',
      );
      if (!actor) throw new AppError('unauthenticated');
      locale = requestLocale(said, actor.locale);
      refuseForeignOrigin(request, authorization !== null);
      const result = await definition.handler({
        actor,
        params: parse(definition.params, await context.params, 'not_found'),
        query: parseQuery(definition.query, Object.fromEntries(new URL(request.url).searchParams)),
        body: definition.body
          ? parse(definition.body, await readJson(request), 'invalid_input')
          : (undefined as B),
        request,
        locale,
      });
      return answer(result, definition.status);
    } catch (error) {
      return problemResponse(error, locale);
    }
  };
  return Object.assign(route, { definition });
}

export function problemResponse(error: unknown, locale: Locale): Response {
  const problem = toProblem(error, locale);
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

function answer(result: unknown, status: number | undefined): Response {
  if (result instanceof Response) return result;
  if (result === undefined) return new Response(null, { status: 204 });
  const body = JSON.stringify(result, (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
  return new Response(body, {
    status: status ?? 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

/** Browsers tell where a changing request comes from; a cookie must not carry another site's. */
function refuseForeignOrigin(request: Request, byToken: boolean): void {
  if (byToken || request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw new AppError('forbidden');
}

async function readJson(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request, MAX_JSON_BYTES));
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new AppError('malformed_request', { cause });
  }
  return mayBeUnstorable(text) ? storable(body) : body;
}

/** What no row could hold is refused here, with its field, and not by the database. */
function storable<T>(value: T): T {
  const path = unstorablePath(value);
  if (path === null) return value;
  throw new AppError('invalid_input', { fields: [{ path, code: 'unstorable_character' }] });
}

/** A schema may leave out of a text what cannot be kept; what it refuses for that is refused in the words for it. */
function parseQuery<Q>(schema: z.ZodType<Q> | undefined, raw: Record<string, string>): Q {
  const parsed = schema?.safeParse(raw);
  if (parsed?.success) return storable(parsed.data);
  storable(raw);
  return parse(schema, raw, 'invalid_input');
}

/** A path that names nothing possible (an id that is no UUID) is not found; a wrong field is the client's input. */
function parse<T>(schema: z.ZodType<T> | undefined, value: unknown, code: 'not_found' | 'invalid_input'): T {
  if (!schema) return value as T;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (code === 'not_found') throw new AppError('not_found');
  throw parsed.error;
}

/** Path parameter schemas that most routes need. */
export const idParams = <K extends string>(...names: K[]): z.ZodType<Record<K, string>> =>
  z.object(Object.fromEntries(names.map((name) => [name, z.uuid()]))) as unknown as z.ZodType<
    Record<K, string>
  >;
