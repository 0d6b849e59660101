import { expect, test } from 'vitest';
import { decimal, dicomFile } from './dicom-file.ts';

const object = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', SOPInstanceUID: '2.25.1' };

test.each([
  [0.1 + 0.2, '0.3'],
  [-340.081305, '-340.081305'],
  [1 / 3, '0.33333333333333'],
  [-1 / 3e7, '-3.3333333333e-8'],
  [248_000_000, '248000000'],
])('a Decimal String holds %d in 16 characters', (value, expected) => {
  expect(decimal(value)).toBe(expected);
  expect(decimal(value).length).toBeLessThanOrEqual(16);
});

test('a keyword that PS3.6 does not know is refused, in a sequence too', () => {
  expect(() => dicomFile({ ...object, PatientsName: 'X' })).toThrow('PatientsName');
  expect(() => dicomFile({ ...object, BeamSequence: [{ Beam: 1 }] })).toThrow('Beam');
});
