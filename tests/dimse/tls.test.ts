import { once } from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echo } from '@/lib/dimse/client.server.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import type { PeerTls } from '@/lib/dimse/peer.ts';
import { readTlsFiles } from '@/lib/dimse/tls-files.server.ts';
import { renewWhenChanged } from '@/lib/dimse/tls-renewal.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { OWN_TITLE, openListener, peerOf, run } from './support.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;
let folder: string;
const fingerprints: (string | null)[] = [];

/** A key and a certificate signed by an authority, as an operator makes them with openssl. */
async function certificate(name: string, authority: string): Promise<void> {
  const at = (file: string) => path.join(folder, file);
  const request = [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
    '-out',
    at(`${name}.csr`),
  ];
  await openssl([...request, '-subj', `/CN=${name}`]);
  const sign = [
    'x509',
    '-req',
    '-in',
    at(`${name}.csr`),
    '-CA',
    at(`${authority}.crt`),
    '-CAkey',
    at(`${authority}.key`),
  ];
  await openssl([...sign, '-CAcreateserial', '-days', '2', '-out', at(`${name}.crt`)]);
}
const authority = (name: string) =>
  openssl([
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
    ...['-keyout', path.join(folder, `${name}.key`), '-out', path.join(folder, `${name}.crt`)],
  ]);
async function openssl(args: string[]): Promise<void> {
  const { code, output } = await run('openssl', args);
  if (code !== 0) throw new Error(output);
}
const read = (name: string) => fs.readFile(path.join(folder, name), 'utf8');

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  folder = path.join(database.dataDir, 'tls');
  await fs.mkdir(folder);
  await authority('ca');
  await authority('stranger-ca');
  await certificate('server', 'ca');
  await certificate('modality', 'ca');
  await certificate('stranger', 'stranger-ca');
  listener = await openListener(world.centres, {
    tls: await readTlsFiles(folder),
    tlsPort: 0,
    admit: (aeTitle, _called, _address, fingerprint) => {
      fingerprints.push(fingerprint);
      const node = {
        centreId: world.centres.IGR,
        aeTitle,
        mayStore: true,
        mayQuery: true,
        mayRetrieve: true,
      };
      return { kind: 'node', node };
    },
  });
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

const port = () => listener.tlsPort ?? 0;
const title = ['-aec', OWN_TITLE, '-aet', 'IGR_TLS'];
const withCertificate = (name: string) => [
  ...['+tls', path.join(folder, `${name}.key`), path.join(folder, `${name}.crt`)],
  ...['+cf', path.join(folder, 'ca.crt')],
];

describe('DCMTK as the caller (BCP 195 profile, PS3.15 B.9)', () => {
  test('with a certificate of the authority: C-ECHO and C-STORE', async () => {
    const echoed = await run('echoscu', [
      ...title,
      ...withCertificate('modality'),
      '127.0.0.1',
      String(port()),
    ]);
    expect(echoed.code, echoed.output).toBe(0);
    const file = path.join(folder, 'ct.dcm');
    await fs.writeFile(file, makeCt({ rows: 256, columns: 256 }));
    const args = [...title, ...withCertificate('modality'), '127.0.0.1', String(port()), file];
    const sent = await run('storescu', args);
    expect(sent.code, sent.output).toBe(0);
    expect(fingerprints.at(-1)).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('without a certificate, or with another authority’s: refused', async () => {
    const anonymous = ['+tla', '+cf', path.join(folder, 'ca.crt')];
    for (const shown of [anonymous, withCertificate('stranger')]) {
      const { code } = await run('echoscu', [...title, ...shown, '127.0.0.1', String(port())]);
      expect(code).not.toBe(0);
    }
  });

  test('in the clear on the TLS port: refused', async () => {
    expect((await run('echoscu', [...title, '127.0.0.1', String(port())])).code).not.toBe(0);
  });
});

describe('our own SCU', () => {
  const peer = async (shown: string | null, more: Partial<PeerTls> = {}) => ({
    ...peerOf(port()),
    tls: {
      ca: await read('ca.crt'),
      ...(shown && { cert: await read(`${shown}.crt`), key: await read(`${shown}.key`) }),
      ...more,
    },
  });
  const fingerprint = async (name: string) => {
    const { output } = await run('openssl', [
      'x509',
      '-noout',
      '-fingerprint',
      '-sha256',
      '-in',
      path.join(folder, `${name}.crt`),
    ]);
    return output.slice(output.indexOf('=') + 1).trim();
  };

  test('is answered with its certificate, and with the other side’s fingerprint', async () => {
    await echo(await peer('modality'));
    await echo(await peer('modality', { fingerprint: await fingerprint('server') }));
    await echo(await peer('modality', { ca: undefined, fingerprint: await fingerprint('server') }));
  });

  test('does not speak to a node with another fingerprint or of another authority', async () => {
    const other = peer('modality', { fingerprint: await fingerprint('modality') });
    await expect(echo(await other)).rejects.toMatchObject({ code: 'tls_failed' });
    const wrong = peer('modality', { ca: await read('stranger-ca.crt') });
    await expect(echo(await wrong)).rejects.toMatchObject({ code: 'tls_failed' });
  });

  test('is refused without a certificate', async () => {
    await expect(echo(await peer(null))).rejects.toMatchObject({
      code: expect.stringMatching(/tls_failed|aborted/),
    });
  });
});

test('renewed files are shown to who calls from then on, without a restart; ones that do not fit change nothing', async () => {
  await certificate('renewed', 'ca');
  const shown = async () => {
    const socket = tls.connect({
      ...{ port: port(), host: '127.0.0.1', rejectUnauthorized: false },
      ...{ key: await read('modality.key'), cert: await read('modality.crt') },
    });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };
  const files = await readTlsFiles(folder);
  if (!files) throw new Error('no files');
  const put = (name: string, as: string) => fs.copyFile(path.join(folder, name), path.join(folder, as));
  let looks = 0;
  const look = () => {
    looks += 1;
    return readTlsFiles(folder);
  };
  const stop = renewWhenChanged(listener, files, look, 20);
  try {
    expect(await shown()).toBe('server');
    const afterLooks = async () => {
      const before = looks;
      await expect.poll(() => looks, { timeout: 20_000 }).toBeGreaterThan(before + 2);
      return shown();
    };
    await put('renewed.key', 'server.key');
    expect(await afterLooks(), 'a new key beside the old certificate').toBe('server');
    await put('renewed.crt', 'server.crt');
    expect(await afterLooks()).toBe('renewed');
    await fs.writeFile(path.join(folder, 'server.crt'), 'no certificate');
    expect(await afterLooks()).toBe('renewed');
    await fs.writeFile(path.join(folder, 'server.key'), files.key);
    await fs.writeFile(path.join(folder, 'server.crt'), files.cert);
    expect(await afterLooks()).toBe('server');
  } finally {
    stop();
  }
});

test('TLS 1.1 is not spoken', async () => {
  const [cert, key, ca] = await Promise.all([read('modality.crt'), read('modality.key'), read('ca.crt')]);
  const old = {
    cert,
    key,
    ca,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
  } as const;
  const socket = tls.connect({
    host: '127.0.0.1',
    port: port(),
    checkServerIdentity: () => undefined,
    ...old,
  });
  const said = await new Promise((resolve) => {
    socket.once('secureConnect', () => resolve('spoken'));
    socket.once('error', () => resolve('refused'));
  });
  socket.destroy();
  expect(said).toBe('refused');
});

test('TLS files are all there or none: half a set stops the boot with one line', async () => {
  const half = path.join(database.dataDir, 'half');
  await fs.mkdir(half);
  expect(await readTlsFiles(half)).toBeUndefined();
  await fs.copyFile(path.join(folder, 'server.key'), path.join(half, 'server.key'));
  await expect(readTlsFiles(half)).rejects.toThrow(/must hold server.key, server.crt, ca.crt/);
});
