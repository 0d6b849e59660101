import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@/lib/errors.ts';

/** Guessing is slowed per account and per address; signing in rightly gives the account its tries back. */
const shared = globalThis as typeof globalThis & {
  consiliumThrottle?: { account: RateLimiterMemory; address: RateLimiterMemory; told: RateLimiterMemory };
};
shared.consiliumThrottle ??= {
  account: new RateLimiterMemory({ points: 10, duration: 300, blockDuration: 300 }),
  address: new RateLimiterMemory({ points: 100, duration: 300, blockDuration: 300 }),
  told: new RateLimiterMemory({ points: 1, duration: 300 }),
};
const limits = shared.consiliumThrottle;

/** Counts one try, before it is known to fail. Throws `too_many_attempts` with the seconds to wait when there were too many. */
export async function countTry(email: string, address: string): Promise<void> {
  await Promise.all([limits.account.consume(email), limits.address.consume(address)]).catch(refuse);
}

/** Throws `too_many_attempts` while an account or an address is blocked. */
export async function refuseBlocked(email: string, address: string): Promise<void> {
  for (const state of await Promise.all([limits.account.get(email), limits.address.get(address)])) {
    if (state && state.remainingPoints <= 0) refuse(state);
  }
}

/** Whether a refusal is the first of its window, for the account or else for the address: only that one is written down. */
export async function isFirstRefusal(email: string, address: string): Promise<boolean> {
  const account = await limits.account.get(email);
  const blocked = account && account.remainingPoints <= 0 ? `account ${email}` : `address ${address}`;
  return limits.told.consume(blocked).then(
    () => true,
    () => false,
  );
}

/** Takes back what a right password has counted: all of the account's tries, one of the address's. */
export async function forgive(email: string, address: string): Promise<void> {
  await Promise.all([limits.account.delete(email), limits.address.reward(address)]);
}

function refuse(state: RateLimiterRes | Error): never {
  if (state instanceof Error) throw state;
  throw new AppError('too_many_attempts', { params: { seconds: Math.ceil(state.msBeforeNext / 1000) } });
}
