import { describe, expect, test, vi } from 'vitest';
import { InOrder } from './in-order.ts';

/** Takes what is found for `who` and notes it. */
function taking(inOrder: InOrder<object>, done: string[]) {
  return (who: object, finding: Promise<string>) =>
    inOrder.take(who, finding, (found) =>
      found.then(
        (one) => void done.push(one),
        (error) => void done.push(error.code ?? error.message),
      ),
    );
}

/** Something that is found out when the test says so. */
function later() {
  let resolve: (found: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('requests in their order', () => {
  test('are done as they came, also those that failed, and wait for nobody else’s', async () => {
    const done: string[] = [];
    const take = taking(new InOrder(1000), done);
    const [ann, bob] = [{}, {}];
    const first = later();
    take(ann, first.promise);
    take(ann, Promise.reject(new Error('second failed')));
    take(ann, Promise.resolve('third'));
    take(bob, Promise.resolve('bob’s'));
    await vi.waitFor(() => expect(done).toEqual(['bob’s']));
    first.resolve('first');
    await vi.waitFor(() => expect(done).toEqual(['bob’s', 'first', 'second failed', 'third']));
  });

  test('what is never found out fails after a while, and what came later than that is not done', async () => {
    vi.useFakeTimers();
    const done: string[] = [];
    const take = taking(new InOrder(1000), done);
    const ann = {};
    const first = later();
    take(ann, first.promise);
    take(ann, Promise.resolve('second'));
    await vi.advanceTimersByTimeAsync(999);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    first.resolve('first');
    expect(done).toEqual(['unavailable', 'second']);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
