import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from '@/app/api/openapi.json/operations.ts';
import { GET } from '@/app/api/openapi.json/route.ts';
import { errorStatus } from '@/lib/errors.ts';

type Json = { [key: string]: Json } & Json[] & string;

const document = (await GET().json()) as Json;
const described = Object.entries(document.paths ?? {}).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ address, method, operation })),
);

/** Methods by address, as the files under app/api have them. next-auth's own and the description itself are no JSON API. */
const inFiles = fs
  .readdirSync('app/api', { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts' && !/^(auth|openapi\.json)\//.test(file))
  .flatMap((file) => {
    const source = fs.readFileSync(path.join('app/api', file), 'utf8');
    const address = `/api/${path.dirname(file)}`;
    return [...source.matchAll(/export const ([A-Z]+) = withRoute/g)].map(
      ([, method]) => `${method} ${address}`,
    );
  });

test('every route of every file is described, and nothing else', () => {
  expect(operations.map(({ method, path: address }) => `${method} ${address}`).sort()).toEqual(
    inFiles.sort(),
  );
});

test('it is OpenAPI 3.1 with both ways to sign in', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({
    title: 'Consilium',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  expect(document.security).toEqual([{ cookie: [] }, { bearer: [] }]);
  expect(document.components?.securitySchemes).toMatchObject({
    cookie: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
    bearer: { type: 'http', scheme: 'bearer' },
  });
});

test('every operation has an id and a sentence of its own', () => {
  const ids = described.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operation } of described) expect(operation.summary).toMatch(/^[A-Z].{5,}/);
});

test('every part of a path is a required parameter with its schema', () => {
  for (const { address, operation } of described) {
    const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parameters = [...(operation.parameters ?? [])].filter((one) => one.in === 'path');
    expect(
      parameters.map(({ name }) => name),
      address,
    ).toEqual(names);
    for (const one of parameters) expect(one).toMatchObject({ required: true, schema: { format: 'uuid' } });
  }
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
  expect(references.length).toBeGreaterThan(100);
  for (const reference of new Set(references)) {
    const found = reference
      .split('/')
      .slice(1)
      .reduce<Json | undefined>((at, key) => at?.[key], document);
    expect(found, reference).toBeDefined();
  }
});

describe('the shapes are the ones that routes check', () => {
  const operation = (method: string, address: string) => document.paths?.[address]?.[method] as Json;

  test('a body with its required fields, as they are sent', () => {
    const schema = operation('post', '/api/people').requestBody?.content?.['application/json']
      ?.schema as Json;
    expect([...(schema.required as Json)].sort()).toEqual([
      'centreId',
      'displayName',
      'email',
      'password',
      'role',
    ]);
    expect(schema.properties?.email).toMatchObject({ type: 'string', format: 'email' });
  });

  test('a query with what may be left out', () => {
    const parameters = [...(operation('get', '/api/audit').parameters as Json)];
    expect(parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['from', 'to', 'actor', 'action']),
    );
    for (const one of parameters) expect(one.required).toBe(false);
  });

  test('answers: created, nothing, or a file', () => {
    expect(operation('post', '/api/tokens').responses).toHaveProperty('201');
    expect(operation('delete', '/api/tokens/{tokenId}').responses).toHaveProperty('204');
    expect(operation('get', '/api/audit/csv').responses?.['200']?.content).toHaveProperty('text/csv');
  });

  test('refusals are problems with one of our codes', () => {
    for (const { operation: one } of described)
      expect(one.responses?.['401']).toEqual({ $ref: '#/components/responses/Problem401' });
    expect(document.components?.schemas?.Problem?.properties?.code?.enum).toEqual(Object.keys(errorStatus));
  });
});
