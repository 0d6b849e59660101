import { expect, test } from 'vitest';
import { isOwnOrigin } from './handshake.server.ts';

test.each([
  ['no Origin', {}, true],
  ['the same host', { origin: 'https://rcp.example' }, true],
  [
    'the host behind the proxy',
    { origin: 'https://public.example', 'x-forwarded-host': 'public.example' },
    true,
  ],
  ['a token in the header', { origin: 'https://tool.example', authorization: 'Bearer x' }, true],
  ['another port', { origin: 'https://rcp.example:8443' }, false],
  ['a name that begins alike', { origin: 'https://rcp.example.evil' }, false],
  ['a sandboxed frame', { origin: 'null' }, false],
])('H4: %s: %j: %s', (_what, headers, own) => {
  expect(isOwnOrigin({ headers: { host: 'rcp.example', ...headers } })).toBe(own);
});
