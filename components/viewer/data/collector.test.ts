import { afterEach, expect, test, vi } from 'vitest';
import { askForCollection } from './collector.ts';

const MIB = 1024 ** 2;

afterEach(() => vi.unstubAllGlobals());

test('what is asked for is more than Chromium lets be taken without a collection', () => {
  const asked = vi.fn();
  vi.stubGlobal(
    'ArrayBuffer',
    class {
      constructor(bytes: number) {
        asked(bytes);
      }
    },
  );
  askForCollection();
  expect(asked.mock.calls).toEqual([[expect.any(Number)]]);
  expect(asked.mock.calls[0]?.[0]).toBeGreaterThan(64 * MIB);
});

test('a browser without that much memory left is not disturbed', () => {
  vi.stubGlobal(
    'ArrayBuffer',
    class {
      constructor() {
        throw new RangeError('Array buffer allocation failed');
      }
    },
  );
  expect(() => askForCollection()).not.toThrow();
});
