import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { freePort } from '../setup/server-process.ts';

export type Peer = {
  port: number;
  /** What it printed so far. */
  output: () => string;
  /** kill -9, as a power cut would; also how every test ends it. */
  kill: () => Promise<void>;
};

/** One of DCMTK's servers, once its port is open. */
async function startPeer(program: string, args: readonly string[], port: number): Promise<Peer> {
  // A group of its own: dcmqrscp has a process for each association.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1');
    });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await opened(child, port, () => output);
  return {
    port,
    output: () => output,
    kill: async () => {
      if (child.pid && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
  };
}

/** Knocks until somebody answers; a program that ends instead tells why. */
async function opened(child: ChildProcess, port: number, output: () => string): Promise<void> {
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** `storescp` that writes what it takes into a folder. */
export async function startStorescp(
  folder: string,
  options: { port?: number; args?: readonly string[] } = {},
): Promise<Peer> {
  const port = options.port ?? (await freePort());
  await fs.mkdir(folder, { recursive: true });
  return startPeer(
    'storescp',
    ['-v', '-aet', 'ARCHIVE', ...(options.args ?? []), '-od', folder, String(port)],
    port,
  );
}

/** SOP Instance UIDs of what `storescp` has written: its files are called by modality and UID. */
export async function storedUids(folder: string): Promise<Set<string>> {
  return new Set((await fs.readdir(folder)).map((name) => name.replace(/^[A-Z]+\./, '')));
}

/** A storescp configuration that takes these SOP classes, by DCMTK's names, uncompressed. */
export async function profileOf(folder: string, classes: readonly string[]): Promise<string[]> {
  const contexts = classes.map((name, n) => `PresentationContext${n + 1} = ${name}\\Uncompressed`);
  const file = path.join(folder, 'profile.cfg');
  await fs.writeFile(
    file,
    [
      '[[TransferSyntaxes]]',
      '[Uncompressed]',
      'TransferSyntax1 = LocalEndianExplicit',
      'TransferSyntax2 = LittleEndianImplicit',
      '[[PresentationContexts]]',
      '[Some]',
      ...contexts,
      '[[Profiles]]',
      '[Only]',
      'PresentationContexts = Some',
      '',
    ].join('\n'),
  );
  return ['-xf', file, 'Only'];
}

/** `dcmqrscp`, an archive that can be asked, with the nodes it may send to by C-MOVE. */
export async function startArchive(
  folder: string,
  options: {
    aeTitle?: string;
    destinations?: { aeTitle: string; port: number }[];
    args?: readonly string[];
  } = {},
): Promise<Peer> {
  const port = await freePort();
  const { aeTitle = 'ARCHIVE' } = options;
  const storage = path.join(folder, aeTitle);
  await fs.mkdir(storage, { recursive: true });
  const config = path.join(folder, 'dcmqrscp.cfg');
  const hosts = (options.destinations ?? []).map(
    ({ aeTitle, port }, n) => `host${n} = (${aeTitle}, 127.0.0.1, ${port})`,
  );
  await fs.writeFile(
    config,
    [
      `NetworkTCPPort = ${port}`,
      'MaxPDUSize = 16384',
      'MaxAssociations = 16',
      'HostTable BEGIN',
      ...hosts,
      'HostTable END',
      'VendorTable BEGIN',
      'VendorTable END',
      'AETable BEGIN',
      `${aeTitle} ${storage} RW (500, 1024mb) ANY`,
      'AETable END',
      '',
    ].join('\n'),
  );
  return startPeer('dcmqrscp', ['-v', ...(options.args ?? []), '-c', config, String(port)], port);
}
