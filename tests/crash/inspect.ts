import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { readRunFile } from '@/lib/db/data-dir-lock.server.ts';
import type { Sent } from './senders.ts';

export type Findings = {
  /** Acknowledged, and not in the index or not in its file. */
  lost: string[];
  /** In the index, but its file is missing, cut or not what was sent. */
  broken: string[];
  /** Files of the store that nothing names, and what is left in the spool. */
  orphans: string[];
};

/** Looks at the store of a server that has just started again. `checked` spares what an earlier round has read. */
export async function inspect(
  dataDir: string,
  sent: readonly Sent[],
  checked: Set<string>,
): Promise<Findings> {
  const store = path.join(dataDir, 'store');
  const rows = await indexOf(dataDir);
  const findings: Findings = { lost: [], broken: [], orphans: [] };
  const bySop = new Map(sent.map((one) => [one.sopUid, one]));
  const present = new Map(rows.map((row) => [row.sopInstanceUid, row.sha256]));
  for (const one of sent)
    if (one.acknowledged && !present.has(one.sopUid)) findings.lost.push(`${one.sopUid}: not in the index`);
  for (const { sopInstanceUid, sha256 } of rows) {
    const expected = bySop.get(sopInstanceUid);
    if (!expected || checked.has(sopInstanceUid)) continue;
    const bytes = await fs
      .readFile(path.join(store, 'blobs', sha256.slice(0, 2), sha256))
      .catch(() => undefined);
    const whole = bytes !== undefined && hash(bytes) === sha256 && isTail(bytes, expected);
    if (whole) checked.add(sopInstanceUid);
    else (expected.acknowledged ? findings.lost : findings.broken).push(`${sopInstanceUid}: file not whole`);
  }
  const named = new Set(rows.map(({ sha256 }) => sha256));
  for (const folder of await fs.readdir(path.join(store, 'blobs')))
    for (const name of await fs.readdir(path.join(store, 'blobs', folder)))
      if (!named.has(name)) findings.orphans.push(name);
  findings.orphans.push(...(await fs.readdir(path.join(store, 'spool'))));
  return findings;
}

async function indexOf(dataDir: string): Promise<{ sopInstanceUid: string; sha256: string }[]> {
  const run = await readRunFile(dataDir);
  const client = new pg.Client({ connectionString: run?.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ sopInstanceUid: string; sha256: string }>(
      `SELECT "sopInstanceUid", "sha256" FROM "Instance"
       UNION ALL SELECT "sopInstanceUid", "sha256" FROM "QuarantinedObject"`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const isTail = (bytes: Buffer, { tailBytes, tailSha256 }: Sent): boolean =>
  bytes.length >= tailBytes && hash(bytes.subarray(bytes.length - tailBytes)) === tailSha256;
