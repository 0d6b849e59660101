import dns from 'node:dns/promises';
import net from 'node:net';
import { plainAddress } from './rules.ts';

/** A name is asked for again after this long: nodes move rarely, associations are many. */
const KEEP_MS = 60_000;
const MAX_KEPT = 1000;
const kept = new Map<string, { at: number; addresses: Promise<string[]> }>();

/** The addresses of a node's host; none where its name does not resolve. */
export async function addressesOf(host: string): Promise<string[]> {
  if (net.isIP(host)) return [plainAddress(host)];
  const known = kept.get(host);
  if (known && Date.now() - known.at < KEEP_MS) return known.addresses;
  const addresses = dns
    .lookup(host, { all: true })
    .then((found) => found.map(({ address }) => plainAddress(address)))
    .catch(() => []);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(host, { at: Date.now(), addresses });
  return addresses;
}
