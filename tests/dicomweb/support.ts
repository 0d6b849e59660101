import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hashToken } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { handleDicomWeb } from '@/lib/dicomweb/handler.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { part10 } from '../fixtures/dicom-writer.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

export type Who = keyof World['actors'];

export type Door = {
  url: string;
  tokens: Record<Who, string>;
  /** A request by somebody of the demonstration; the secretary unless told, nobody for null. */
  ask: (path: string, options?: RequestInit & { as?: Who | null }) => Promise<Response>;
  json: (path: string, options?: RequestInit & { as?: Who | null }) => Promise<DicomJson[]>;
  /** STOW-RS of files as parts. */
  store: (files: readonly Uint8Array[], options?: { as?: Who | null; path?: string }) => Promise<Response>;
  close: () => Promise<void>;
};

export type Archive = { database: TestDatabase; world: World; door: Door; close: () => Promise<void> };

/** An empty store in a database of its own, and its door: what a test file begins with, and closes in the end. */
export async function openArchive(): Promise<Archive> {
  const database = await createTestDatabase();
  const world = await createWorld();
  await openStore();
  const door = await openDoor(world);
  return {
    database,
    world,
    door,
    close: async () => {
      await door.close();
      await database.close();
    },
  };
}

/** The DICOMweb door alone on a port of its own, with a token for everybody. */
async function openDoor(world: World): Promise<Door> {
  const server = createServer(
    { keepAliveTimeout: 75_000 },
    (request, response) => void handleDicomWeb(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = {} as Record<Who, string>;
  for (const [who, { personId }] of Object.entries(world.actors) as [Who, { personId: string }][]) {
    tokens[who] = randomBytes(24).toString('hex');
    await db().apiToken.create({ data: { personId, hash: hashToken(tokens[who]) } });
  }
  const ask: Door['ask'] = (path, { as = 'secretary', ...init } = {}) =>
    fetch(url + path, {
      ...init,
      headers: { ...(as && { authorization: `Bearer ${tokens[as]}` }), ...init.headers },
    });
  return {
    url,
    tokens,
    ask,
    json: async (path, options) => {
      const response = await ask(path, options);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as DicomJson[];
    },
    store: (files, { as = 'secretary', path = '/dicomweb/studies' } = {}) =>
      ask(path, {
        as,
        method: 'POST',
        headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=edge' },
        body: new Uint8Array(multipart(files)),
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function multipart(files: readonly Uint8Array[], boundary = 'edge'): Buffer {
  const head = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  return Buffer.concat([
    ...files.flatMap((file) => [head, file, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

/** The parts of a multipart answer. */
export async function partsOf(response: Response): Promise<{ type: string; body: Buffer }[]> {
  const boundary = /boundary=([^;]+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  let rest = Buffer.from(await response.arrayBuffer());
  const edge = Buffer.from(`--${boundary}`);
  const parts: { type: string; body: Buffer }[] = [];
  for (;;) {
    const start = rest.indexOf(edge) + edge.length;
    if (rest.subarray(start, start + 2).toString() === '--') return parts;
    const blank = rest.indexOf('\r\n\r\n', start);
    const headers = rest.toString('latin1', start, blank);
    const length = Number(/content-length: (\d+)/i.exec(headers)?.[1]);
    const body = rest.subarray(blank + 4, blank + 4 + length);
    parts.push({ type: /content-type: (.*)/i.exec(headers)?.[1]?.trim() ?? '', body });
    rest = rest.subarray(blank + 4 + length);
  }
}

export type SentCt = { study: string; series: string; sop: string[]; files: Buffer[]; path: string };

/** A series of three CT images, sent through the door: values 0, 100, 200, a private value of 3000 bytes each. */
export async function sendCt(door: Door): Promise<SentCt> {
  const ct = { study: newUid(), series: newUid(), sop: [newUid(), newUid(), newUid()] };
  const files = ct.sop.map((sopUid, index) =>
    makeCt({
      sopUid,
      studyUid: ct.study,
      seriesUid: ct.series,
      instanceNumber: index + 1,
      rows: 16,
      columns: 24,
      value: 100 * index,
      extra: [[0x00091010, 'OB', Buffer.alloc(3000, index + 1)]],
    }),
  );
  // A preamble that another program would run is not handed on.
  files[0]?.write('MZ', 0, 'latin1');
  const response = await door.store(files);
  if (response.status !== 200) throw new Error(`STOW-RS ${response.status}`);
  return { ...ct, files, path: `/dicomweb/studies/${ct.study}/series/${ct.series}` };
}

/** An object of 4 x 4 pixels whose frames hold their own numbers, without any modality transformation. */
export function multiFrame(
  uids: { studyUid: string; seriesUid: string; sopUid: string },
  count: number,
): Buffer {
  const pixels = Buffer.alloc(count * 32);
  for (let frame = 0; frame < count; frame += 1)
    pixels.fill(Buffer.from([frame + 1, 0]), frame * 32, frame * 32 + 32);
  return part10({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.7.3',
    sopInstanceUid: uids.sopUid,
    elements: [
      [0x00080060, 'CS', 'OT'],
      [0x0020000d, 'UI', uids.studyUid],
      [0x0020000e, 'UI', uids.seriesUid],
      [0x00280002, 'US', 1],
      [0x00280004, 'CS', 'MONOCHROME2'],
      [0x00280008, 'IS', String(count)],
      [0x00280010, 'US', 4],
      [0x00280011, 'US', 4],
      [0x00280100, 'US', 16],
      [0x00280101, 'US', 16],
      [0x00280102, 'US', 15],
      [0x00280103, 'US', 0],
      [0x7fe00010, 'OW', pixels],
    ],
  });
}
