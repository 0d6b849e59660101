import { beforeEach, describe, expect, test } from 'vitest';
import { Connection } from '@/lib/live/connection.server.ts';
import type { Line } from '@/lib/live/line.server.ts';
import { Outpost } from '@/lib/live/processes/outpost.server.ts';
import type { Down, DownWord, Up } from '@/lib/live/processes/words.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';

const authority = { holder: 'authority', epoch: 1 };
const sessionId = '00000000-0000-4000-8000-000000000001';
const personId = '00000000-0000-4000-8000-000000000002';
const at = (x: number) => ({
  personId,
  pointer: { viewportId: 'v1', seriesUid: '1.2', frameOfReferenceUid: '1.3', mm: [x, 0, 0] },
});

/** A line that says what it carried, and takes looking messages when told so. */
class Told {
  readonly heard: [string, unknown][] = [];
  busy = false;
  private resume: (() => void) | undefined;
  readonly line: Line = {
    open: true,
    emit: (message, ...content) => void this.heard.push([message, content[0]]),
    tell: ({ message, content }) => void this.heard.push([message, content]),
    pass: ({ message, content }) => !this.busy && this.heard.push([message, content]) > 0,
    hangUp: () => undefined,
    onceReady: (resume) => {
      this.resume = resume;
    },
  };
  drain(): void {
    this.busy = false;
    this.resume?.();
  }
  get messages(): string[] {
    return this.heard.map(([message]) => message);
  }
}

describe('the end of a room at a process that passes it on', () => {
  let told: Told;
  let sent: Up[];
  let outpost: Outpost;
  const everybody = { passer: [1] };
  const snapshot: DownWord = {
    type: 'tell',
    message: 'snapshot',
    content: [{ lastSeq: 6, events: [] }],
    to: everybody,
  };
  const event = (seq: number): DownWord => ({
    type: 'tell',
    message: 'event',
    content: [{ seq }],
    to: everybody,
  });
  const pointers = (x: number): DownWord => ({
    type: 'tell',
    message: 'pointers',
    content: [[at(x)]],
    to: everybody,
  });
  /** What the authority says, in the stretch that this end has begun last. */
  const hear = (n: number, began: number, ...words: DownWord[]) => {
    const links = { passer: sent.at(-1)?.link ?? '' };
    const { holder: from, epoch } = authority;
    outpost.hear({ from, sessionId, epoch, n, links, began: { passer: began }, words } satisfies Down);
    return Promise.resolve();
  };

  beforeEach(async () => {
    told = new Told();
    sent = [];
    const actor = {
      personId,
      displayName: 'Ann',
      memberships: [],
      locale: 'en' as const,
      door: 'live' as const,
    };
    const credentials = { cookie: null, authorization: null };
    const admission = { actor, credentials, sessionId, lastSeq: 5, protocol: PROTOCOL_VERSION };
    const participant = { personId, displayName: 'Ann', centreCode: 'IGR', specialty: null, colour: '#fff' };
    const connection = new Connection(told.line, admission, { ...participant, role: 'clinician' });
    outpost = new Outpost(authority, sessionId, 'passer', new Map([[1, connection]]), (up) => sent.push(up));
    await Promise.resolve();
  });

  test('Y6: is in the room with the snapshot that its stretch began with', async () => {
    await hear(3, 3, snapshot);
    await hear(4, 3, event(7));
    expect(told.messages).toEqual(['snapshot', 'event']);
    expect(sent).toHaveLength(1);
  });

  test('Y6: a stretch whose beginning was lost starts anew, and nothing of it is told', async () => {
    await hear(4, 3, event(7));
    expect(told.messages).toEqual([]);
    expect(sent.map(({ n }) => n)).toEqual([0, 0]);
    expect(sent.at(-1)?.words).toMatchObject([{ type: 'enter', id: 1, lastSeq: 5 }]);
  });

  test('Y6: what is decided is told to nobody before their snapshot, but for why there will be none', async () => {
    await hear(3, 3, event(6), {
      type: 'tell',
      message: 'ended',
      content: [{ code: 'forbidden' }],
      to: everybody,
    });
    expect(told.messages).toEqual(['ended']);
  });

  test('Y6: a pointer that waited for a slow line does not outlive the snapshot without it', async () => {
    await hear(3, 3, snapshot);
    told.busy = true;
    await hear(4, 3, pointers(1));
    await hear(6, 3);
    await hear(9, 9, snapshot);
    told.drain();
    expect(told.messages).toEqual(['snapshot', 'snapshot']);
    await hear(10, 9, pointers(2));
    expect(told.heard.at(-1)).toEqual(['pointers', [at(2)]]);
  });
});
