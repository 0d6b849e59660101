import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log } from '@/lib/log.server.ts';
import type { CaseImages } from './images-named.ts';
import { OpenCase, READ_AGAIN_MS } from './open-case.server.ts';

const own = { studyUid: '1', seriesUid: '1.1' };
const later = { studyUid: '1', seriesUid: '1.2' };
const foreign = { studyUid: '7', seriesUid: '7.1' };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the images of the open case', () => {
  let stored: Map<string, Set<string>>;
  const load = vi.fn<(itemId: string) => Promise<CaseImages>>();
  let openCase: OpenCase;
  const answers: string[] = [];
  const say = (what: string) => (ofCase: boolean) => void answers.push(`${what} ${ofCase}`);

  beforeEach(async () => {
    vi.useFakeTimers();
    answers.length = 0;
    stored = new Map([['1', new Set(['1.1'])]]);
    load.mockReset().mockImplementation(async () => new Map([...stored].map(([k, v]) => [k, new Set(v)])));
    openCase = new OpenCase(load);
    openCase.open('case');
    await pass(0);
  });
  afterEach(() => {
    openCase.stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('L11: are read once; what names them is answered at once, however often', () => {
    for (let count = 0; count < 1000; count += 1) openCase.check('tab', [own], say('own'));
    expect(answers).toHaveLength(1000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('L11: are read again for unknown ones, not more often for a thousand of them', async () => {
    await pass(60_000);
    for (let count = 0; count < 1000; count += 1) {
      openCase.check('tab', [foreign], say('foreign'));
      await pass(10);
    }
    // Ten seconds: at once, and every three from then on.
    expect(load).toHaveBeenCalledTimes(1 + 4);
    expect(new Set(answers)).toEqual(new Set(['foreign false']));
  });

  test('L11: a reading that began before the question does not refuse it', async () => {
    let finish: (images: CaseImages) => void = () => undefined;
    await pass(60_000);
    load.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    openCase.check('ann', [foreign], say('foreign'));
    await pass(0);
    stored.get('1')?.add('1.2');
    openCase.check('bob', [later], say('later'));
    finish(new Map([['1', new Set(['1.1'])]]));
    await pass(0);
    expect(answers).toEqual(['foreign false']);
    await pass(READ_AGAIN_MS);
    expect(answers).toEqual(['foreign false', 'later true']);
  });

  test('L11, L5: of one sender the latest counts; what it overtakes is never answered', async () => {
    openCase.check('tab', [foreign], say('first'));
    openCase.check('tab', [own], say('second'));
    await pass(2 * READ_AGAIN_MS);
    expect(answers).toEqual(['second true']);
  });

  test('L11: while the database is away what is known goes on, and what is unknown waits', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => undefined);
    load.mockRejectedValueOnce(new Error('away'));
    stored.get('1')?.add('1.2');
    openCase.check('ann', [later], say('later'));
    await pass(READ_AGAIN_MS);
    expect(answers).toEqual([]);
    openCase.check('bob', [own], say('own'));
    await pass(READ_AGAIN_MS);
    expect(answers).toEqual(['own true', 'later true']);
  });

  test('L11: of another case nothing is known before it is read, and what waits is not of it', async () => {
    openCase.check('ann', [foreign], say('ann'));
    stored = new Map([['7', new Set(['7.1'])]]);
    openCase.open('next');
    expect(answers).toEqual(['ann false']);
    openCase.check('bob', [foreign], say('bob'));
    expect(answers).toHaveLength(1);
    await pass(0);
    expect(answers).toEqual(['ann false', 'bob true']);
  });
});
