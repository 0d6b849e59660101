import { expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { privateNumber, privateText } from './private-elements.ts';

const PHILIPS = 'Philips PET Private Group';
const text = (value: unknown) => ({ vr: 'LO', Value: [value] });
const bytes = (value: string) => ({ vr: 'UN', InlineBinary: btoa(value) });

test.each<[string, JsonDataSet, number | null]>([
  ['in the first block', { '70530010': text(PHILIPS), '70531000': text(0.5) }, 0.5],
  [
    'in another block',
    { '70530010': text('SOMEBODY'), '70530011': text(PHILIPS), '70531000': text(9), '70531100': text(0.5) },
    0.5,
  ],
  [
    'of unknown VR',
    { '70530010': bytes('Philips PET Private Group '), '70531000': bytes('0.000728\0') },
    0.000728,
  ],
  ['of another maker', { '70530010': text('SOMEBODY'), '70531000': text(9) }, null],
  ['without any creator', { '70531000': text('0.5') }, 0.5],
  ['no number', { '70530010': text(PHILIPS), '70531000': text('n/a') }, null],
  ['nothing', {}, null],
])('%s', (_, json, value) => {
  expect(privateNumber(json, PHILIPS, '70531000')).toBe(value);
});

test('text', () => {
  const json = { '00090010': text('GEMS_PETD_01'), '0009100D': bytes('20250102100000.00 ') };
  expect(privateText(json, 'GEMS_PETD_01', '0009100D')).toBe('20250102100000.00');
});
