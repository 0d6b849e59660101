import type { Actor } from '@/lib/auth/policy.ts';
import { fileMeta } from '@/lib/dicom/write-file-meta.ts';
import { getStudy, move } from '@/lib/dimse/client.server.ts';
import type { ReceivedObject } from '@/lib/dimse/get-study.server.ts';
import type { DicomPeer } from '@/lib/dimse/peer.ts';
import { STATUS } from '@/lib/dimse/status.ts';
import { env } from '@/lib/env.ts';
import { isAppError } from '@/lib/errors.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { type Failure, failureOf } from './failure.ts';
import { toPeer } from './peer.server.ts';
import { retrieveIdentifier } from './query-identifier.ts';
import { noteProgress, type RunningTransfer } from './transfer-log.server.ts';

/** How often the numbers on the page move. */
const PROGRESS_MS = 500;

type Counts = { completed: number; failed: number; warning: number };

/**
 * One attempt to fetch a study: by C-GET, on the association that we opened; where the node does not know C-GET, or
 * has classes that its contexts leave out, by C-MOVE to ourselves. A new attempt asks for the whole study again and
 * loses nothing by it: what is stored already is known. Null when everything came; else why not.
 */
export async function runPull(transfer: RunningTransfer, signal: AbortSignal): Promise<Failure | null> {
  const peer = await toPeer(transfer.node);
  const pull = new Pull(transfer);
  try {
    const counts = await get(peer, transfer, pull, signal).catch((error: unknown) => {
      if (knowsNoGet(error)) return null;
      throw error;
    });
    if (counts && (counts.failed === 0 || pull.refusedSome)) return pull.judge(counts);
    pull.byMove = true;
    const moved = moveHere(peer, transfer, pull, signal);
    // A node that cannot send by C-MOVE either has at least sent by C-GET what it could.
    return pull.judge(await (counts && !signal.aborted ? moved.catch(() => counts) : moved));
  } finally {
    await pull.tell(true);
  }
}

/** It offers no context for C-GET, or answers that it does not know it (PS3.7 C.5.6, C.5.15). */
function knowsNoGet(error: unknown): boolean {
  const { status } = error as { status?: number };
  return failureOf(error).reason === 'no_context' || status === 0x0122 || status === 0x0211;
}

function get(peer: DicomPeer, transfer: RunningTransfer, pull: Pull, signal: AbortSignal): Promise<Counts> {
  return getStudy(peer, {
    identifier: retrieveIdentifier(transfer.studyInstanceUid),
    onObject: (object) => pull.take(object),
    onProgress: (progress) => pull.expect(progress),
    signal,
  });
}

function moveHere(
  peer: DicomPeer,
  transfer: RunningTransfer,
  pull: Pull,
  signal: AbortSignal,
): Promise<Counts> {
  return move(peer, {
    identifier: retrieveIdentifier(transfer.studyInstanceUid),
    destination: env().DICOM_AET,
    onProgress: (progress) => {
      pull.expect(progress);
      void pull.tell(false);
    },
    signal,
  });
}

/** What has come in one attempt. */
class Pull {
  readonly #transfer: RunningTransfer;
  readonly #actor: Actor;
  #stored = 0;
  #aside = 0;
  #refused = 0;
  #full = false;
  #total: number;
  #moved = 0;
  #toldAt = 0;
  byMove = false;

  /** Whether it was we who did not take an object. */
  get refusedSome(): boolean {
    return this.#aside + this.#refused > 0;
  }

  constructor(transfer: RunningTransfer) {
    this.#transfer = transfer;
    this.#total = transfer.total;
    const { centreId, node } = transfer;
    this.#actor = {
      personId: null,
      displayName: `AE ${node.aeTitle}`,
      memberships: [{ centreId, role: 'physicist', specialty: null }],
      locale: 'en',
      door: 'dimse',
    };
  }

  /** Into the store by its one way in; the DIMSE status that answers the node. */
  async take(object: ReceivedObject): Promise<number> {
    const { centreId, node, studyInstanceUid } = this.#transfer;
    try {
      const source = withHead(object);
      const { outcome } = await ingestInstance({
        actor: this.#actor,
        centreId,
        source,
        sourceName: node.aeTitle,
        wanted: (studyUid) => studyUid === studyInstanceUid,
      });
      if (outcome === 'refused') {
        this.#refused += 1;
        return STATUS.cannotUnderstand;
      }
      if (outcome === 'quarantined') this.#aside += 1;
      else this.#stored += 1;
      return STATUS.success;
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#full ||= error.code === 'storage_full';
      this.#refused += 1;
      return error.code === 'storage_full' ? STATUS.outOfResources : STATUS.processingFailure;
    } finally {
      await this.tell(false);
    }
  }

  expect({ remaining, completed, failed, warning }: Counts & { remaining: number }): void {
    this.#moved = completed + warning;
    this.#total = remaining + completed + failed + warning;
  }

  async tell(now: boolean): Promise<void> {
    if (!now && Date.now() - this.#toldAt < PROGRESS_MS) return;
    this.#toldAt = Date.now();
    const sent = this.byMove ? Math.max(this.#moved, this.#stored) : this.#stored;
    const failed = this.#aside + this.#refused;
    await noteProgress(this.#transfer.id, { sent, failed, total: Math.max(this.#total, sent + failed) });
  }

  judge({ completed, warning, failed }: Counts): Failure | null {
    if (this.#full) return { reason: 'storage_full', detail: '' };
    if (this.#aside > 0) return { reason: 'objects_kept_aside', detail: `× ${this.#aside}` };
    if (this.#refused > 0) return { reason: 'objects_refused', detail: `× ${this.#refused}` };
    if (failed > 0) return { reason: 'incomplete', detail: `× ${failed}` };
    if (completed + warning === 0 && this.#stored === 0) return { reason: 'study_gone', detail: '' };
    return null;
  }
}

async function* withHead(object: ReceivedObject): AsyncGenerator<Uint8Array> {
  yield fileMeta(object);
  yield* object.dataSet;
}
