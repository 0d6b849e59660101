import { expect, test } from 'vitest';
import type { FileResult, Outcome } from '@/lib/store/schema.ts';
import { backoff, dropLabel, type QueuedFile, type Send, UploadQueue } from './upload-queue.ts';

const files = (count: number, size = 10): QueuedFile[] =>
  Array.from({ length: count }, (_, index) => ({ path: `folder/${index}.dcm`, size }));
const result = (file: QueuedFile, outcome: Outcome = 'taken'): FileResult => ({
  ...file,
  outcome,
  reason: null,
  detail: '',
  sopInstanceUid: null,
  studyUid: null,
});
const fails = (code: string) => Object.assign(new Error(code), { problem: { code, title: code } });

function queueOf(queued: readonly QueuedFile[], send: Send<QueuedFile>, earlier: readonly FileResult[] = []) {
  const slept: number[] = [];
  const queue = new UploadQueue(queued, earlier, {
    send,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    onChange: () => undefined,
  });
  return { queue, slept };
}

test('ten thousand files: every one is sent once, never more than four at a time', async () => {
  const seen = new Set<string>();
  let now = 0;
  let most = 0;
  const { queue } = queueOf(files(10_000), async (file, { onResult }) => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    expect(seen.has(file.path)).toBe(false);
    seen.add(file.path);
    onResult(result(file));
    now -= 1;
  });
  await queue.start();
  expect(seen.size).toBe(10_000);
  expect(most).toBe(4);
  expect(queue.snapshot()).toMatchObject({
    state: 'done',
    files: { total: 10_000, done: 10_000, failed: 0 },
    bytes: { total: 100_000, sent: 100_000 },
    outcomes: { taken: 10_000, known: 0, quarantined: 0, refused: 0 },
  });
});

test('what the batch has a result for is not sent again, and counts', async () => {
  const all = files(10);
  const earlier = all.slice(0, 7).map((file, index) => result(file, index === 0 ? 'refused' : 'taken'));
  const sent: string[] = [];
  const { queue } = queueOf(
    all,
    async (file, { onResult }) => {
      sent.push(file.path);
      onResult(result(file));
    },
    earlier,
  );
  expect(queue.snapshot()).toMatchObject({ files: { done: 7 }, bytes: { sent: 70 } });
  await queue.start();
  expect(sent).toEqual(all.slice(7).map(({ path }) => path));
  expect(queue.snapshot().outcomes).toMatchObject({ taken: 9, refused: 1 });
});

test('the same path with another size is another file', async () => {
  const sent: string[] = [];
  const { queue } = queueOf(
    [{ path: 'a', size: 2 }],
    async (file) => {
      sent.push(file.path);
    },
    [result({ path: 'a', size: 1 })],
  );
  await queue.start();
  expect(sent).toEqual(['a']);
});

test('a network that goes away is waited for, longer and longer, and nothing fails', async () => {
  let attempts = 0;
  const { queue, slept } = queueOf(files(1), async (file, { onResult }) => {
    attempts += 1;
    if (attempts <= 6) throw fails('network');
    onResult(result(file));
  });
  await queue.start();
  expect(slept).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(queue.snapshot()).toMatchObject({ state: 'done', files: { done: 1, failed: 0 }, waiting: false });
});

test('a file that fails three times is set aside; the others go on; starting again tries it again', async () => {
  let broken = true;
  const { queue } = queueOf(files(5), async (file, { onResult }) => {
    if (broken && file.path === 'folder/2.dcm') throw fails('internal');
    onResult(result(file));
  });
  await queue.start();
  expect(queue.snapshot()).toMatchObject({ state: 'done', files: { done: 4, failed: 1 } });
  expect(queue.failed).toEqual([
    { file: { path: 'folder/2.dcm', size: 10 }, problem: { code: 'internal', title: 'internal' } },
  ]);
  broken = false;
  await queue.start();
  expect(queue.snapshot()).toMatchObject({ state: 'done', files: { done: 5, failed: 0 } });
});

test('a full disk stops everything with its reason, and later every file is there', async () => {
  let space = 40;
  const taken = new Set<string>();
  const { queue } = queueOf(files(100), async (file, { onResult }) => {
    if (space === 0) throw fails('storage_full');
    space -= 1;
    taken.add(file.path);
    onResult(result(file));
  });
  await queue.start();
  expect(queue.snapshot()).toMatchObject({
    state: 'stopped',
    stoppedBy: { code: 'storage_full' },
    files: { done: 40, failed: 0 },
  });
  space = 1000;
  await queue.start();
  expect(queue.snapshot()).toMatchObject({ state: 'done', files: { done: 100 }, stoppedBy: null });
  expect(taken.size).toBe(100);
});

test('stopped in mid-file: that file is sent again from its start', async () => {
  const sent: string[] = [];
  const { queue } = queueOf(files(1), (file, { signal, onProgress, onResult }) => {
    sent.push(file.path);
    if (sent.length > 1) {
      onResult(result(file));
      return Promise.resolve();
    }
    onProgress(5);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(fails('network')));
    });
  });
  const running = queue.start();
  expect(queue.snapshot()).toMatchObject({
    bytes: { sent: 5 },
    sending: [{ path: 'folder/0.dcm', sent: 5 }],
  });
  queue.stop();
  await running;
  expect(queue.snapshot()).toMatchObject({ state: 'stopped', files: { done: 0 }, bytes: { sent: 0 } });
  await queue.start();
  expect(sent).toHaveLength(2);
  expect(queue.snapshot()).toMatchObject({ state: 'done', files: { done: 1 } });
});

test('a zip has one result per entry; sent twice, its entries still count once', async () => {
  let attempts = 0;
  const { queue } = queueOf([{ path: 'cd.zip', size: 99 }], async (_file, { onResult }) => {
    attempts += 1;
    onResult(result({ path: 'cd.zip/a', size: 1 }));
    if (attempts === 1) throw fails('network');
    onResult(result({ path: 'cd.zip/b', size: 2 }, 'refused'));
  });
  await queue.start();
  expect(queue.snapshot().outcomes).toEqual({ taken: 1, known: 0, quarantined: 0, refused: 1 });
  expect(queue.results.map(({ path }) => path)).toEqual(['cd.zip/a', 'cd.zip/b']);
});

test('a drop is known by its files, in whatever order the browser lists them', () => {
  const drop = files(3).map((file) => ({ ...file, modified: 1 }));
  expect(dropLabel('CD', drop)).toBe(dropLabel('CD', [...drop].reverse()));
  expect(dropLabel('CD', drop)).not.toBe(dropLabel('CD', drop.slice(1)));
  expect(dropLabel('CD', drop)).not.toBe(
    dropLabel(
      'CD',
      drop.map((file) => ({ ...file, modified: 2 })),
    ),
  );
  expect(dropLabel('x'.repeat(300), drop).length).toBeLessThanOrEqual(200);
});

test('the wait grows and is bounded', () => {
  expect([1, 2, 3, 10].map(backoff)).toEqual([1000, 2000, 4000, 15_000]);
});
