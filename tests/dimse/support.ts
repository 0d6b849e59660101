import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Listener, type ListenerOptions, startListener } from '@/lib/dimse/listener.server.ts';
import type { DicomPeer } from '@/lib/dimse/peer.ts';
import { hodgkinFiles, hodgkinPlanes } from '@/lib/phantom/hodgkin.ts';
import { dataSetOffset } from '@/lib/store/open-data-set.server.ts';

export const OWN_TITLE = 'CONSILIUM';
export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';

export type Ran = { code: number | null; output: string };

/** Runs one of DCMTK's programs to its end. */
export function run(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(output).toString('latin1') }));
  });
}

/** The listener of a test: AE titles that begin with a centre's code are nodes of that centre that may do everything. */
export function openListener(
  centres: Readonly<Record<string, string>>,
  options: Partial<ListenerOptions> = {},
): Promise<Listener> {
  return startListener({
    host: '127.0.0.1',
    port: 0,
    aeTitle: OWN_TITLE,
    admit: (aeTitle) => {
      const centreId = centres[aeTitle.split('_')[0] ?? ''];
      if (!centreId) return { kind: 'refuse' };
      return { kind: 'node', node: { centreId, aeTitle, mayStore: true, mayQuery: true, mayRetrieve: true } };
    },
    ...options,
  });
}

/** Arguments that every DCMTK client takes. */
export const toListener = (port: number, aeTitle = 'IGR_PACS', called = OWN_TITLE): string[] => [
  '-aet',
  aeTitle,
  '-aec',
  called,
  '127.0.0.1',
  String(port),
];

export const peerOf = (port: number, callingAeTitle = 'IGR_US'): DicomPeer => ({
  aeTitle: OWN_TITLE,
  host: '127.0.0.1',
  port,
  tls: null,
  callingAeTitle,
});

/** The synthetic patient's first CT slices as files. */
export async function phantomCt(folder: string, count: number, seed = 1): Promise<string[]> {
  await fs.mkdir(folder, { recursive: true });
  const extent = { planes: { ...hodgkinPlanes, count }, pet: { first: 0, last: -1 } };
  const files: string[] = [];
  for (const { path: name, bytes } of hodgkinFiles(seed, extent)) {
    if (!name.startsWith('CT/')) continue;
    const file = path.join(folder, path.basename(name));
    await fs.writeFile(file, bytes);
    files.push(file);
  }
  return files;
}

/** What of a file travels: the data set behind its meta group. */
export const dataSetOf = (file: Buffer): Buffer => file.subarray(dataSetOffset(file.subarray(0, 16384)));

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
