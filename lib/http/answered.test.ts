import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '@/lib/errors.ts';
import { answered } from './answered.server.ts';

let close: (() => void) | undefined;
afterEach(() => close?.());

async function get(
  path: string,
  dispatch: (pathname: string, request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ status: number; body: string }> {
  const server = createServer(answered(dispatch));
  close = () => server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = ask({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const nobody = async () => {
  throw new Error('was asked');
};

test.each(['//', '///', 'http://[', '//a%'])('a target that is no URL is refused: %s', async (path) => {
  const { status, body } = await get(path, nobody);
  expect(status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ code: 'malformed_request' });
});

test('what is thrown before an answer becomes one, whenever and whatever it is', async () => {
  expect(await get('/x', nobody)).toMatchObject({
    status: 500,
    body: expect.not.stringContaining('was asked'),
  });
  const known = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw new AppError('payload_too_large');
  };
  expect(await get('/x', known)).toMatchObject({ status: 413 });
  const atOnce = () => {
    throw new AppError('not_found');
  };
  expect(await get('/x', atOnce)).toMatchObject({ status: 404 });
});

test('an answer that began is cut, so that nobody takes it for the whole', async () => {
  const half = async (_path: string, _request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('half');
    throw new Error('then it broke');
  };
  await expect(get('/x', half)).rejects.toThrow();
});

test('all others get what they asked for', async () => {
  const answer = await get('/a/b?c=d', async (pathname, _request, response) => {
    response.end(pathname);
  });
  expect(answer).toEqual({ status: 200, body: '/a/b' });
});
