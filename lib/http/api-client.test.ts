import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { api, onSessionExpired } from './api-client.ts';

type Answer = { status: number; body: unknown };
const open: http.Server[] = [];
afterEach(() => {
  onSessionExpired(undefined);
  for (const server of open.splice(0)) server.close();
});

async function serve(answer: (path: string) => Answer | Promise<Answer>): Promise<string> {
  const server = http.createServer(async (request, response) => {
    const { status, body } = await answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const refused = { status: 401, body: { code: 'unauthenticated', status: 401, title: '' } };

test('a refusal that arrives after the sign-in was renewed does not ask for it again', async () => {
  let signedIn = false;
  let letLateAnswer: () => void = () => undefined;
  const late = new Promise<void>((resolve) => {
    letLateAnswer = resolve;
  });
  const base = await serve(async (path) => {
    const allowed = signedIn;
    if (path === '/slow' && !allowed) await late;
    return allowed ? { status: 200, body: path } : refused;
  });
  let asked = 0;
  onSessionExpired(async () => {
    asked += 1;
    signedIn = true;
    return true;
  });
  const slow = api('GET', `${base}/slow`);
  expect(await api('GET', `${base}/quick`)).toBe('/quick');
  letLateAnswer();
  expect(await slow).toBe('/slow');
  expect(asked).toBe(1);
});

test('who declines to sign in gets the refusal', async () => {
  const base = await serve(() => refused);
  onSessionExpired(async () => false);
  await expect(api('GET', `${base}/x`)).rejects.toMatchObject({ code: 'unauthenticated' });
});
