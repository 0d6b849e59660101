import { afterEach, describe, expect, test, vi } from 'vitest';
import { ownTime } from './own-time.ts';

const at = new Date('2026-03-04T23:06:07.890Z');
const image = (offset: string) => ({ '00080201': { vr: 'SH', Value: [offset] } });

describe('a moment beside the times of an image', () => {
  test.each([
    ['+0200', '20260305', '010607.890', '+0200'],
    ['-0330', '20260304', '193607.890', '-0330'],
    ['+0000', '20260304', '230607.890', '+0000'],
    ['+1400', '20260305', '130607.890', '+1400'],
    // PS3.3 table C.12-1: that of UTC is +0000, never -0000.
    ['-0000', '20260304', '230607.890', '+0000'],
  ])('at the image’s own offset: %s', (offset, date, time, written) => {
    expect(ownTime(image(offset), at)).toEqual({ date, time, offset: written });
  });

  describe('in the server’s time, without an offset', () => {
    afterEach(() => vi.unstubAllEnvs());

    test.each(['', '+02:00', 'Z', '+1500', '-1230', '+0260', '+2'])('where the image says %o', (offset) => {
      vi.stubEnv('TZ', 'Europe/Paris');
      expect(ownTime(image(offset), at)).toEqual({ date: '20260305', time: '000607.890', offset: null });
      const summer = ownTime({}, new Date('2026-07-04T23:06:07.890Z'));
      expect(summer).toEqual({ date: '20260705', time: '010607.890', offset: null });
    });
  });
});
