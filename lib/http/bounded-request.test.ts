import { expect, test } from 'vitest';
import { boundedRequest } from './bounded-request.server.ts';

const form = (body: string) =>
  new Request('http://localhost/api/auth/callback/credentials?a=b', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'c=d' },
    body,
  });

test('a form that fits is the same form', async () => {
  const same = await boundedRequest(form('email=a%40b&password=c'), 100);
  expect(same.method).toBe('POST');
  expect(same.nextUrl.searchParams.get('a')).toBe('b');
  expect(same.headers.get('cookie')).toBe('c=d');
  expect(await same.text()).toBe('email=a%40b&password=c');
  expect(await (await boundedRequest(form(''), 100)).text()).toBe('');
});

test('one that does not is not read', async () => {
  await expect(boundedRequest(form('x'.repeat(101)), 100)).rejects.toMatchObject({
    code: 'payload_too_large',
  });
});
