import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

/** A body that says nothing of its length, and how many of its chunks were taken. */
function chunked(sizes: Iterable<number>) {
  const from = sizes[Symbol.iterator]();
  const taken = { chunks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = from.next();
      if (next.done) return controller.close();
      taken.chunks += 1;
      controller.enqueue(new Uint8Array(next.value).fill(taken.chunks));
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  const request = new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  return { request, taken };
}

function* endless(): Generator<number> {
  for (;;) yield 1000;
}

test('a body without a length is read to the limit and no further', async () => {
  const { request, taken } = chunked(endless());
  await expect(readBody(request, 10_000)).rejects.toMatchObject({ code: 'payload_too_large', status: 413 });
  expect(taken.cancelled).toBe(true);
  expect(taken.chunks).toBeLessThan(15);
});

test('one that says to be too long is not read at all', async () => {
  const request = new Request('http://localhost/', {
    method: 'POST',
    body: 'abc',
    headers: { 'content-length': '11' },
  });
  await expect(readBody(request, 10)).rejects.toMatchObject({ code: 'payload_too_large' });
});

test('what fits comes whole and in its order', async () => {
  const { request } = chunked([2, 1, 3]);
  expect([...(await readBody(request, 6))]).toEqual([1, 1, 2, 3, 3, 3]);
  expect(await readBody(new Request('http://localhost/'), 6)).toHaveLength(0);
});
