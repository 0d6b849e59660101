import { expect, test } from 'vitest';
import { withoutCache } from './after-sign-out.ts';

test('a sign-out clears the cache, and keeps its answer and every cookie', async () => {
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const name of ['a', 'b']) headers.append('set-cookie', `${name}=; Max-Age=0`);
  const answer = withoutCache(new Response('{"url":"/"}', { status: 200, headers }));
  expect(answer.headers.get('clear-site-data')).toBe('"cache"');
  expect(answer.headers.getSetCookie()).toEqual(['a=; Max-Age=0', 'b=; Max-Age=0']);
  expect(await answer.json()).toEqual({ url: '/' });
  const redirect = withoutCache(Response.redirect('http://localhost/sign-in', 302));
  expect(redirect.status).toBe(302);
  expect(redirect.headers.get('location')).toBe('http://localhost/sign-in');
});
