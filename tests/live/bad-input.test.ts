import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { liveMetrics } from '@/lib/live/metrics.server.ts';
import { MAX_MESSAGE_BYTES } from '@/lib/live/protocol.ts';
import { type RawSocket, setStage, until, viewAt } from './support.ts';

const stage = setStage();

/** How often something was refused with this code, as /metrics tells it. */
async function refused(code: string): Promise<number> {
  const { values } = await liveMetrics.refused.get();
  return values.find((value) => value.labels.code === code)?.value ?? 0;
}

/** Says anything, as no client of ours would. */
const say = (socket: RawSocket, type: string, ...content: unknown[]) =>
  (socket as unknown as { emit: (type: string, ...content: unknown[]) => void }).emit(type, ...content);
const asked = (socket: RawSocket, command: unknown) =>
  new Promise((resolve) => say(socket, 'command', command, resolve));

/** A view as text on the wire: `depth` arrays in each other, which no Socket.IO client could encode. */
const sayNested = (socket: RawSocket, depth: number) =>
  socket.io.engine.write(`2["view",${'['.repeat(depth)}${']'.repeat(depth)}]`);

describe('bad input', () => {
  test('B1, B5: what is malformed is refused, counted and passed on to nobody', async () => {
    const { oncologist } = await stage.meeting();
    const chair = await stage.enterRaw('chair');
    const itemId = stage.session.items[0];
    const told: string[] = [];
    chair.on('refused', ({ code }) => told.push(code));
    const before = await refused('live_malformed');
    const wrong: [string, unknown][] = [
      ['view', undefined],
      ['view', null],
      ['view', 'view'],
      ['view', { itemId, view: null }],
      ['view', { itemId: 'first', view: viewAt(1) }],
      ['view', { itemId, view: { ...viewAt(1), viewports: 'all' } }],
      ['view', { itemId, view: viewAt(Number.NaN) }],
      ['view', Buffer.from('view')],
      ['view', { itemId, view: { ...viewAt(1), layout: 'a\0' } }],
      ['pointer', 7],
      ['pointer', { mm: [0, 0, 0] }],
      ['pointer', { ...viewAt(1).viewports[0], personId: stage.actors.surgeon.personId }],
    ];
    for (const [type, content] of wrong) say(chair, type, content);
    await until(async () => expect(await refused('live_malformed')).toBe(before + wrong.length));
    await until(() => expect(new Set(told)).toEqual(new Set(['live_malformed'])));
    for (const command of [
      undefined,
      {},
      { type: 'room.close', clientId: randomUUID() },
      { type: 'control.take' },
      { type: 'record.mark', text: 'the\0node', clientId: randomUUID() },
      { type: 'record.mark', text: 'the \ud83enode', clientId: randomUUID() },
    ])
      expect(await asked(chair, command)).toEqual({ ok: false, code: 'live_malformed' });
    chair.emit('view', { itemId, view: viewAt(2) });
    await until(() => expect(oncologist.z).toBe(2));
    expect(oncologist.views.filter(Boolean)).toHaveLength(1);
    expect(oncologist.room.pointers).toEqual({});
  });

  test('B1: a command without an acknowledgement does no harm', async () => {
    const { oncologist } = await stage.meeting();
    const chair = await stage.enterRaw('chair');
    say(chair, 'command', { type: 'control.take' }, 'not a function');
    say(chair, 'command', {
      type: 'item.open',
      clientId: randomUUID(),
      itemId: stage.session.items[1],
    });
    await until(() => expect(oncologist.room.currentItemId).toBe(stage.session.items[1]));
  });

  test('B2, B5: what is too large, or nested without end, is refused', async () => {
    const { oncologist } = await stage.meeting();
    const chair = await stage.enterRaw('chair');
    const itemId = stage.session.items[0];
    const before = await refused('live_too_large');
    chair.emit('view', { itemId, view: { ...viewAt(1), layout: 'x'.repeat(MAX_MESSAGE_BYTES) } });
    chair.emit('pointer', 'é'.repeat(MAX_MESSAGE_BYTES / 2 + 1));
    sayNested(chair, 4 * MAX_MESSAGE_BYTES);
    await until(async () => expect(await refused('live_too_large')).toBe(before + 3));
    const command = { type: 'control.take', clientId: randomUUID(), note: 'x'.repeat(MAX_MESSAGE_BYTES) };
    expect(await asked(chair, command)).toEqual({ ok: false, code: 'live_too_large' });
    chair.emit('view', { itemId, view: viewAt(2) });
    await until(() => expect(oncologist.z).toBe(2));
    expect(oncologist.views.filter(Boolean)).toHaveLength(1);
  });

  test('B2: sixteen times that ends its sender’s connection, and nobody else’s', async () => {
    const { chair, oncologist } = await stage.meeting();
    const surgeon = await stage.enterRaw('surgeon');
    await until(() => expect(chair.room.participants).toHaveLength(4));
    const ended = new Promise((resolve) => surgeon.once('disconnect', resolve));
    surgeon.emit('pointer', 'x'.repeat(16 * MAX_MESSAGE_BYTES));
    await ended;
    await until(() => expect(chair.room.participants).toHaveLength(3));
    chair.client.moved(viewAt(3));
    await until(() => expect(oncologist.z).toBe(3));
  });

  test('B3: a type of message that does not exist is refused', async () => {
    const socket = await stage.enterRaw('nuclear');
    for (const type of ['shutdown', 'snapshot', '__proto__']) {
      const before = await refused('live_malformed');
      say(socket, type, { by: stage.actors.chair.personId });
      await until(async () => expect(await refused('live_malformed')).toBe(before + 1));
    }
  });

  test('B4, B5: a flood is neither passed on nor fatal, and the others are served meanwhile', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const flooder = await stage.enterRaw('chair');
    const told: string[] = [];
    flooder.on('refused', ({ code }) => told.push(code));
    const before = await refused('live_flood');
    const itemId = stage.session.items[0];
    const MESSAGES = 10_000;
    for (let z = 0; z < MESSAGES; z += 1) flooder.emit('view', { itemId, view: viewAt(z) });
    expect(await nuclear.decide({ type: 'control.request' })).toMatchObject({ ok: true });
    await until(async () => expect(await refused('live_flood')).toBeGreaterThan(before + MESSAGES / 2));
    expect(oncologist.views.length).toBeLessThan(MESSAGES / 2);
    expect(told.length).toBeLessThan(100);
    // Its budget comes back with time.
    await until(() => {
      flooder.emit('view', { itemId, view: viewAt(-1) });
      expect(oncologist.z).toBe(-1);
    });
    expect(chair.state.connection).toBe('live');
  });

  test('B4: so is a flood of commands: the decisions of others are not held up', async () => {
    const { chair } = await stage.meeting();
    const flooder = await stage.enterRaw('nuclear');
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => asked(flooder, { type: 'control.request', clientId: randomUUID() })),
    );
    const codes = answers.map((answer) => (answer as { code?: string }).code ?? 'ok');
    expect(codes).toContain('live_flood');
    expect(codes.filter((code) => code === 'ok').length).toBeLessThan(100);
    expect(await chair.decide({ type: 'item.open', itemId: stage.session.items[1] })).toMatchObject({
      ok: true,
    });
    expect(chair.room.requests).toEqual([stage.actors.nuclear.personId]);
  });
});
