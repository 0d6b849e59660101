/** `npm run import -- <file or folder> [--centre CODE]`: DICOM from disk, through the same door as everything else. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { openCommandDatabase } from '@/lib/db/open.server.ts';
import { parseEnv } from '@/lib/env.ts';
import { AppError, type ErrorCode } from '@/lib/errors.ts';
import { errorSentence } from '@/lib/http/problem.server.ts';
import { ingestInstance } from './ingest-instance.server.ts';
import { openStore } from './open-store.server.ts';
import { durableFolder, storePaths } from './paths.server.ts';
import { type FileResult, outcomes } from './schema.ts';
import { fileSource, ingestZip, isZip } from './zip.server.ts';

const PARALLEL = 4;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { centre: { type: 'string' } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new Error('Usage: npm run import -- <file or folder> [--centre CODE]');
  const files = (await Promise.all(positionals.map((target) => listFiles(path.resolve(target))))).flat();
  const database = await openCommandDatabase(parseEnv(process.env));
  try {
    // Sweeping is for the one process that owns the store; beside a running server only the folders are made.
    if (database.owner) await openStore();
    else await durableFolder(storePaths().spool);
    const centreId = await centreOf(values.centre);
    const actor: Actor = {
      personId: null,
      displayName: 'import',
      memberships: [],
      locale: 'en',
      door: 'cli',
    };
    const results = await importAll(actor, centreId, files);
    report(results);
    return results.some((result) => result.reason === 'storage_full' || result.reason === 'storage_error')
      ? 2
      : 0;
  } finally {
    await database.close();
  }
}

async function listFiles(target: string): Promise<string[]> {
  const stat = await fs.stat(target).catch(() => undefined);
  if (!stat) throw new Error(`There is no ${target}`);
  if (!stat.isDirectory()) return [target];
  const entries = await fs.readdir(target, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function centreOf(code: string | undefined): Promise<string> {
  const centres = await db().centre.findMany({
    orderBy: { createdAt: 'asc' },
    select: { id: true, code: true },
  });
  const found = code === undefined ? centres[0] : centres.find((centre) => centre.code === code);
  if (found) return found.id;
  const known = centres.map((centre) => centre.code).join(', ') || 'none yet: npm run admin makes one';
  throw new Error(
    code === undefined
      ? 'There is no centre yet: npm run admin makes one'
      : `There is no centre ${code} (${known})`,
  );
}

async function importAll(actor: Actor, centreId: string, files: readonly string[]): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const queue = files.values();
  let done = 0;
  const worker = async () => {
    for (const file of queue) {
      results.push(...(await importFile(actor, centreId, file)));
      done += 1;
      progress(done, files.length);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

async function importFile(actor: Actor, centreId: string, file: string): Promise<FileResult[]> {
  const handle = await fs.open(file, 'r');
  const first = Buffer.alloc(4);
  await handle.read(first, 0, 4, 0).finally(() => handle.close());
  const source = fileSource(file);
  try {
    if (isZip(first)) {
      const results: FileResult[] = [];
      for await (const result of ingestZip({ actor, centreId, source, name: file })) results.push(result);
      return results;
    }
    return [{ path: file, ...(await ingestInstance({ actor, centreId, source, sourceName: file })) }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [
      {
        path: file,
        size: 0,
        outcome: 'refused',
        reason: error.code,
        detail: '',
        sopInstanceUid: null,
        studyUid: null,
      },
    ];
  }
}

function progress(done: number, total: number): void {
  if (!process.stderr.isTTY && done % 200 !== 0 && done !== total) return;
  const width = 30;
  const filled = Math.round((done / Math.max(1, total)) * width);
  process.stderr.write(
    `\r[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${done}/${total}${done === total ? '\n' : ''}`,
  );
}

function report(results: readonly FileResult[]): void {
  for (const result of results.filter((one) => one.reason !== null)) {
    const sentence = errorSentence({ code: result.reason as ErrorCode, params: {} }, 'en');
    console.log(
      `${result.outcome}: ${result.path}: ${sentence}${result.detail ? ` (${result.detail})` : ''}`,
    );
  }
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  const labels = { taken: 'taken', known: 'known already', quarantined: 'quarantined', refused: 'refused' };
  console.log(outcomes.map((outcome) => `${count(outcome)} ${labels[outcome]}`).join(', '));
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
