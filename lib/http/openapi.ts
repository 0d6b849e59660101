import { z } from 'zod';
import { errorStatus } from '@/lib/errors.ts';

/** What a route tells about itself; `withRoute` attaches it. */
export type Declaration = { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; status?: number };

export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Next writes it: `/api/cases/[caseId]`. */
  path: string;
  summary: string;
  declaration: Declaration;
  /** Media type of the answer; JSON unless told, null when there is none (204). */
  produces?: string | null;
  /** Media type of a body that is not JSON. */
  consumes?: string;
};

type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
};

/** OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1) of these operations. Schemas are JSON Schema 2020-12 from zod. */
export function openApiDocument(operations: readonly Operation[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/\[(\w+)\]/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: operationObject(operation, path) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Consilium',
      version,
      description:
        'JSON API of Consilium. Errors are application/problem+json with a stable `code`. What somebody may not read ' +
        'answers 404. Changes of what several people edit carry the `version` that was read; a newer one answers ' +
        '409 `version_conflict` with what the server holds in `current`. DICOMweb is at /dicomweb, live rooms at /live.',
    },
    servers: [{ url: '/' }],
    security: [{ cookie: [] }, { bearer: [] }],
    paths,
    components: { securitySchemes, schemas: { Problem: problemSchema }, responses },
  };
}

function operationObject(operation: Operation, path: string) {
  const { method, summary, declaration, produces = 'application/json' } = operation;
  const status = produces === null ? 204 : (declaration.status ?? 200);
  const content = operation.consumes
    ? { [operation.consumes]: {} }
    : declaration.body && { 'application/json': { schema: jsonSchema(declaration.body) } };
  return {
    operationId: operationId(method, path),
    tags: [path.split('/')[2]],
    summary,
    parameters: [...parameters('path', declaration.params), ...parameters('query', declaration.query)],
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      [status]: { description: summary, ...(produces !== null && { content: { [produces]: {} } }) },
      ...refusals(operation),
    },
  };
}

/** `GET /api/cases/{caseId}/studies` -> `getCasesByCaseIdStudies`. */
function operationId(method: string, path: string): string {
  const words = path.split('/').slice(2);
  const camel = words.map((word) =>
    word
      .replace(/^\{(.*)\}$/, (_all, name: string) => `By${name.charAt(0).toUpperCase()}${name.slice(1)}`)
      .replace(/^[a-z]/, (letter) => letter.toUpperCase()),
  );
  return method.toLowerCase() + camel.join('');
}

function parameters(where: 'path' | 'query', schema: z.ZodType | undefined) {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

/** The schema of what a client sends: before defaults and trimming. */
function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as JsonSchema;
}

/** What an operation may be refused with; which codes exactly is told by the problem itself. */
function refusals({ method, path, declaration }: Operation): Record<string, { $ref: string }> {
  const changes = method !== 'GET';
  const statuses = [
    ...(declaration.body ? [400] : []),
    401,
    403,
    ...(path.includes('[') || declaration.body ? [404] : []),
    ...(changes ? [409] : []),
    ...(declaration.body ? [413] : []),
    ...(declaration.query || declaration.body ? [422] : []),
    500,
  ];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
  );
}

const securitySchemes = {
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'next-auth.session-token',
    description:
      'Signing in: GET /api/auth/csrf, then POST /api/auth/callback/credentials with csrfToken, email, password ' +
      '(form-encoded). Behind https the name begins with `__Secure-`.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token of an account; POST /api/tokens makes one.',
  },
};

const problemSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457). `title` is a sentence in the caller’s language.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorStatus) },
    params: { type: 'object', description: 'Fills the sentence, e.g. the seconds to wait.' },
    errors: {
      type: 'array',
      description: 'Which fields of the input are wrong.',
      items: {
        type: 'object',
        required: ['path', 'code'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
    current: { description: 'In a conflict: what the server holds now.' },
  },
};

const responses = Object.fromEntries(
  [...new Set([400, 401, 403, 404, 409, 413, 422, 500])].map((status) => {
    const codes = Object.entries(errorStatus).filter(([, one]) => one === status);
    return [
      `Problem${status}`,
      {
        description: codes.map(([code]) => code).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ];
  }),
);
