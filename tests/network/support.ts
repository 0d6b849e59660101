import { db } from '@/lib/db/client.server.ts';
import { createNode } from '@/lib/network/create-node.server.ts';
import { createNodeSchema, type TransferState } from '@/lib/network/schema.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { type CtOptions, makeCt, newUid } from '../fixtures/dicom.ts';
import type { World } from '../setup/world.ts';

/** A node of the first centre that listens on this machine. */
export async function addNode(world: World, port: number, changes: object = {}): Promise<string> {
  const input = createNodeSchema.parse({
    centreId: world.centres.IGR,
    name: `Node ${port} ${newUid()}`,
    aeTitle: 'ARCHIVE',
    host: '127.0.0.1',
    port,
    ...changes,
  });
  return (await createNode(world.actors.admin, input)).id;
}

export async function ingest(centreId: string, bytes: Uint8Array): Promise<void> {
  const result = await ingestInstance({
    actor: { personId: null, displayName: 'test', memberships: [], locale: 'en', door: 'cli' },
    centreId,
    source: (async function* () {
      yield bytes;
    })(),
    sourceName: 'test',
  });
  if (result.outcome !== 'taken') throw new Error(`${result.outcome}: ${result.reason} ${result.detail}`);
}

/** A study of CT slices in a centre's store. */
export async function storeStudy(
  centreId: string,
  count: number,
  options: CtOptions = {},
): Promise<{ id: string; studyUid: string; sopUids: string[] }> {
  const studyUid = newUid();
  const seriesUid = newUid();
  const frameOfReferenceUid = newUid();
  const sopUids = Array.from({ length: count }, newUid);
  for (const [n, sopUid] of sopUids.entries()) {
    const own = { studyUid, seriesUid, frameOfReferenceUid, sopUid, instanceNumber: n + 1, z: n * 3 };
    await ingest(centreId, makeCt({ ...own, ...options }));
  }
  const { id } = await db().study.findFirstOrThrow({ where: { centreId, studyInstanceUid: studyUid } });
  return { id, studyUid, sopUids };
}

/** To a node, as it is. */
export const plain = (nodeId: string) => ({ nodeId, deidentify: false });

const PATIENCE_MS = 60_000;

/** Asks until it is so. Throws with what was there last. */
export async function until<T>(read: () => Promise<T>, right: (value: T) => boolean): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (right(value)) return value;
    if (Date.now() > end) throw new Error(`Never so: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export const transferOf = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });

export const untilState = (id: string, ...states: TransferState[]) =>
  until(
    () => transferOf(id),
    ({ state }) => states.includes(state),
  );

/** SOP Instance UIDs of a transfer's items in a state. */
export async function itemsIn(transferId: string, state: string): Promise<string[]> {
  const rows = await db().transferItem.findMany({ where: { transferId, state } });
  return rows.map(({ sopInstanceUid }) => sopInstanceUid);
}
