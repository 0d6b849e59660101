import { afterEach, describe, expect, test, vi } from 'vitest';
import { log } from '@/lib/log.server.ts';
import { meeting, type Plant } from '@/tests/live/fuzz/meeting.ts';
import { ELSEWHERE } from '@/tests/live/fuzz/tab.ts';
import { testImages } from '@/tests/live/images.ts';
import { LatestSlot } from './latest-slot.ts';
import { SharedRoom } from './processes/shared-room.server.ts';

const SEEDS = 200;
/** Those of two processes take three times as long. */
const OF_TWO = 80;
log.level = 'silent';

/** The first seed whose meeting goes wrong, and how. */
async function firstWrong(plant?: Plant, seeds = SEEDS, processes = 1): Promise<string | null> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const wrong = await meeting(seed, plant, processes);
    if (wrong.length > 0) return `seed ${seed}: ${wrong.slice(0, 5).join('; ')}`;
  }
  return null;
}

test(`S4, D2, D7, L4, L5, L11, R1, R3, W3, W6: ${SEEDS} meetings end with all views equal and no event lost`, async () => {
  expect(await firstWrong()).toBeNull();
}, 120_000);

test(`Y1, Y3, Y4, Y5, Y6, Y7: ${OF_TWO} meetings of two processes, which stand still, are killed and replaced, end alike`, async () => {
  expect(await firstWrong({}, OF_TWO, 2)).toBeNull();
}, 120_000);

describe('what is broken on purpose is found', () => {
  afterEach(() => vi.restoreAllMocks());

  test('L4: view numbers that nobody wrote down are handed out again after a crash', async () => {
    const outside: Plant['outside'] = (real) => ({ ...real, reserveSequence: async () => undefined });
    expect(await firstWrong({ outside })).not.toBeNull();
  }, 120_000);

  test('L5: a line that is busy swallows the last view', async () => {
    vi.spyOn(LatestSlot.prototype, 'offer').mockImplementation(function (this: LatestSlot<unknown>, value) {
      (this as unknown as { send: (v: unknown) => boolean }).send(value);
    });
    expect(await firstWrong()).not.toBeNull();
  }, 120_000);

  test('Y6: whoever was told that the room is not reached is not told when it is again', async () => {
    const room = SharedRoom.prototype as unknown as { adriftSince?: number; comeBack: () => void };
    vi.spyOn(room, 'comeBack').mockImplementation(function (this: typeof room) {
      this.adriftSince = undefined;
    });
    expect(await firstWrong({}, OF_TWO, 2)).toContain('is offline');
  }, 120_000);

  test('L11: what is named by a view is taken for the case’s without a look', async () => {
    const everything = new Map(
      [...testImages].map(([study, series]) => [study, new Set([...series, ELSEWHERE])]),
    );
    const outside: Plant['outside'] = (real) => ({ ...real, loadImages: async () => everything });
    expect(await firstWrong({ outside })).not.toBeNull();
  }, 120_000);

  test('D1: an event is told before it is stored, and a crash comes between', async () => {
    const outside: Plant['outside'] = (real) => ({
      ...real,
      commitEvent: async (actor, sessionId, facts, intent) => {
        const { length } = await real.loadEvents(sessionId, 0);
        setTimeout(() => void real.commitEvent(actor, sessionId, facts, intent).catch(() => undefined), 100);
        const { clientId: _, ...told } = intent;
        return { ...told, seq: length + 1, at: '2026-01-01T00:00:00.000Z' };
      },
    });
    expect(await firstWrong({ outside })).not.toBeNull();
  }, 120_000);
});
