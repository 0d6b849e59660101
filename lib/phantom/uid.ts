import { createHash } from 'node:crypto';

/** A UID under 2.25 (PS3.5 B.2): 128 bits that seed and name decide, so that the same seed names the same objects. */
export function uidFor(seed: number, name: string): string {
  const hex = createHash('sha256').update(`consilium phantom ${seed} ${name}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${hex}`)}`;
}
