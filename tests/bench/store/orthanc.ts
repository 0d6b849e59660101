import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../setup/server-process.ts';

export type Orthanc = { origin: string; dicomPort: number; stop: () => Promise<void> };

/** Orthanc of the distribution with its own settings, but for where it keeps its files and which ports it opens. */
export async function startOrthanc(settings: Record<string, unknown> = {}): Promise<Orthanc> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-orthanc-'));
  const [httpPort, dicomPort] = [await freePort(), await freePort()];
  const config = {
    StorageDirectory: folder,
    IndexDirectory: folder,
    HttpPort: httpPort,
    DicomPort: dicomPort,
    DicomCheckCalledAet: false,
    AuthenticationEnabled: false,
    Plugins: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'],
    ...settings,
  };
  const file = path.join(folder, 'orthanc.json');
  await fs.writeFile(file, JSON.stringify(config));
  const child = spawn('Orthanc', [file], { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${httpPort}`;
  for (const until = Date.now() + 30_000; ; ) {
    if (
      await fetch(`${origin}/system`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (Date.now() > until) throw new Error('Orthanc did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin: `${origin}/dicom-web`,
    dicomPort,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

export const orthancVersion = (): string =>
  /Orthanc ([\d.]+)/.exec(execFileSync('Orthanc', ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown';
