import { createHash } from 'node:crypto';
import { openStore } from '@/lib/dimse/client.server.ts';
import type { Random } from '@/lib/phantom/random.ts';
import { makeCt } from '../fixtures/dicom.ts';
import { dataSetOf } from './data-set.ts';

export type Sent = {
  sopUid: string;
  studyUid: string;
  seriesUid: string;
  /** The stored file must end with so many bytes of this hash: all of it, or its data set where the door writes the meta. */
  tailBytes: number;
  tailSha256: string;
  acknowledged: boolean;
};

export type Doors = { origin: string; dicomPort: number; token: string };

/** What a sender has at hand: where to send, where to note what, when to stop, and to whom to say what it is doing. */
export type Errand = { doors: Doors; ledger: Ledger; gone: AbortSignal; doing: (what: string) => void };
type Sender = (errand: Errand) => Promise<void>;

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Makes objects that nobody has seen, of sizes from 2 KB to 2 MB, and keeps what became of each. */
export class Ledger {
  readonly sent: Sent[] = [];
  readonly #random: Random;
  #count = 0;
  readonly #run = Date.now();

  constructor(next: Random) {
    this.#random = next;
  }

  make(tail: 'file' | 'data set'): { bytes: Buffer; sent: Sent } {
    this.#count += 1;
    const uid = (kind: number, number: number) =>
      `2.25.${this.#run}${kind}${String(number).padStart(8, '0')}`;
    const group = Math.floor(this.#count / 40);
    const size = [16, 64, 256, 512, 1024][Math.floor(this.#random() ** 2 * 5)] ?? 16;
    const ids = { sopUid: uid(1, this.#count), studyUid: uid(2, group), seriesUid: uid(3, group) };
    const value = Math.floor(this.#random() * 1000);
    const bytes = makeCt({ ...ids, rows: size, columns: size, value, instanceNumber: this.#count % 40 });
    const end = tail === 'file' ? bytes : dataSetOf(bytes);
    const sent: Sent = {
      ...ids,
      tailBytes: end.length,
      tailSha256: createHash('sha256').update(end).digest('hex'),
      acknowledged: false,
    };
    this.sent.push(sent);
    return { bytes, sent };
  }
}

/**
 * Each sends until the server is gone, one object after the other, and marks what was acknowledged to it. What goes by
 * fetch ends with its connection and by nothing else: in Node 20 reading an answer may never end when it is aborted just
 * as its last byte comes (nodejs/undici#4089).
 */
export const senders: ReadonlyMap<string, Sender> = new Map([
  ['STOW-RS 1', bySTOW],
  ['STOW-RS 2', bySTOW],
  ['C-STORE 1', byCStore],
  ['C-STORE 2', byCStore],
  ['upload 1', byBrowser],
  ['upload 2', byBrowser],
]);

async function bySTOW({ doors: { origin, token }, ledger, gone, doing }: Errand): Promise<void> {
  while (!gone.aborted) {
    const made = Array.from({ length: 4 }, () => ledger.make('file'));
    const boundary = 'crash-boundary';
    const body = Buffer.concat([
      ...made.flatMap(({ bytes }) => [
        Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
        bytes,
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
    doing('sending');
    const response = await fetch(`${origin}/dicomweb/studies`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/dicom+json',
        'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      },
      body,
    });
    doing('reading the answer');
    const answer = (await response.json()) as Record<
      string,
      { Value?: Record<string, { Value?: string[] }>[] }
    >;
    const stored = new Set(
      (answer['00081199']?.Value ?? []).map((item) => item['00081155']?.Value?.[0] ?? ''),
    );
    for (const { sent } of made) sent.acknowledged = stored.has(sent.sopUid);
    if (stored.size !== made.length) throw new Error(`STOW-RS took ${stored.size} of ${made.length}`);
  }
}

async function byCStore({ doors: { dicomPort }, ledger, gone, doing }: Errand): Promise<void> {
  const peer = {
    aeTitle: 'CONSILIUM',
    host: '127.0.0.1',
    port: dicomPort,
    tls: null,
    callingAeTitle: 'STORESCU',
  };
  doing('opening the association');
  const connection = await openStore(
    peer,
    [{ sopClassUid: CT_IMAGE, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN }],
    gone,
  );
  while (!gone.aborted) {
    doing('sending');
    const { bytes, sent } = ledger.make('data set');
    const { status } = await connection.store({
      sopClassUid: CT_IMAGE,
      sopInstanceUid: sent.sopUid,
      transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
      dataSet: once(bytes.subarray(bytes.length - dataSetOf(bytes).length)),
    });
    if (status !== 0) throw new Error(`C-STORE answered ${status.toString(16)}`);
    sent.acknowledged = true;
  }
}

async function byBrowser({ doors: { origin, token }, ledger, gone, doing }: Errand): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  doing('beginning');
  const batch = await fetch(`${origin}/api/uploads`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ label: 'crash' }),
  });
  doing('reading that it may begin');
  const { id } = (await batch.json()) as { id: string };
  while (!gone.aborted) {
    const { bytes, sent } = ledger.make('file');
    const query = new URLSearchParams({ path: sent.sopUid, size: String(bytes.length) });
    doing('sending');
    const response = await fetch(`${origin}/api/uploads/${id}/files?${query}`, {
      method: 'PUT',
      headers,
      body: new Uint8Array(bytes),
    });
    doing('reading the answer');
    const lines = (await response.text()).split('\n').filter(Boolean);
    const results = lines.map((line) => JSON.parse(line) as { outcome?: string });
    if (results.length !== 1 || results[0]?.outcome !== 'taken')
      throw new Error(`upload: ${lines.join(' ')}`);
    sent.acknowledged = true;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
}
