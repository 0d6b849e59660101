import { expect, test } from 'vitest';
import { isShown, isUid } from './uids.ts';

test.each([
  ['1.2.840.10008.1.2.1', true],
  ['1.2.840.10008.1.2.1.99', true],
  ['1.2.840.10008.1.2.5', true],
  ['1.2.840.10008.1.2.4.90', true],
  ['1.2.840.10008.1.2.4.201', true],
  ['', true],
  // MPEG-4 video, JPEG XL, JPEG of the retired processes 6 and 8, frames that are deflated: no decoder reads them.
  ['1.2.840.10008.1.2.4.102', false],
  ['1.2.840.10008.1.2.4.110', false],
  ['1.2.840.10008.1.2.4.53', false],
  ['1.2.840.10008.1.2.8.1', false],
])('pixels of %j can be shown: %j', (uid, shown) => expect(isShown(uid)).toBe(shown));

test.each([
  ['1.2.840.10008.5.1.4.1.1.2', true],
  ['1.2.0840.3', true],
  ['1', false],
  ['1..2', false],
  ['1.2.', false],
  ['../etc/passwd', false],
  ['1.2.3\n', false],
  ['1.2.٣', false],
  [`1.${'2'.repeat(63)}`, false],
])('%j is a UID: %j', (uid, valid) => expect(isUid(uid)).toBe(valid));
