import { expect, test } from 'vitest';
import { countTry, forgive, refuseBlocked } from './throttle.server.ts';

async function fail(times: number, email: (n: number) => string, address: string): Promise<void> {
  for (let n = 0; n < times; n += 1) await countTry(email(n), address);
}

test('an account waits after ten failures, from whatever address, and is told the seconds', async () => {
  for (let n = 0; n < 10; n += 1) await countTry('one@a.example', `192.0.2.${n}`);
  await expect(refuseBlocked('one@a.example', '198.51.100.1')).rejects.toMatchObject({
    code: 'too_many_attempts',
    params: { seconds: expect.any(Number) },
  });
  await expect(refuseBlocked('other@a.example', '192.0.2.1')).resolves.toBeUndefined();
});

test('an address waits after a hundred failures, whatever the accounts', async () => {
  await fail(100, (n) => `guess-${n}@a.example`, '203.0.113.9');
  await expect(refuseBlocked('never-tried@a.example', '203.0.113.9')).rejects.toMatchObject({
    code: 'too_many_attempts',
  });
});

test('signing in rightly gives an account its tries back', async () => {
  await fail(9, () => 'two@a.example', '192.0.2.50');
  await forgive('two@a.example', '192.0.2.50');
  await fail(9, () => 'two@a.example', '192.0.2.50');
  await expect(refuseBlocked('two@a.example', '192.0.2.50')).resolves.toBeUndefined();
});

test('a failure beyond the last one says so at once', async () => {
  await fail(10, () => 'three@a.example', '192.0.2.60');
  await expect(countTry('three@a.example', '192.0.2.60')).rejects.toMatchObject({
    code: 'too_many_attempts',
  });
});
