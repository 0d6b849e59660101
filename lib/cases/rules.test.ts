import { expect, test } from 'vitest';
import { isSurelySame, patientMismatch } from './rules.ts';

const patient = { familyName: 'Lefèvre-Durand', givenName: 'Zoé', birthDate: '1990-02-28', sex: 'F' };
const study = (patientName: string, patientBirthDate = '19900228', patientSex = 'F') => ({
  patientName,
  patientBirthDate,
  patientSex,
});

test.each([
  ['the same, written without accents and hyphens', study('LEFEVRE DURAND^ZOE'), []],
  ['the same, all in the family name', study('LEFEVRE DURAND ZOE'), []],
  ['no given name in the study', study('LEFEVRE-DURAND'), []],
  ['another ideographic group changes nothing', study('Lefevre Durand^Zoe=王^小'), []],
  ['anonymised: name and birth date empty', study('', '', ''), []],
  ['another family name', study('MARTIN^ZOE'), ['name']],
  ['another given name', study('LEFEVRE DURAND^ANNE'), ['name']],
  ['another birth date', study('LEFEVRE DURAND^ZOE', '19910228'), ['birthDate']],
  ['another person', study('MARTIN^PAUL', '19550101', 'M'), ['name', 'birthDate', 'sex']],
])('%s', (_name, header, expected) => {
  expect(patientMismatch(patient, header)).toEqual(expected);
});

test.each([
  ['the same, written otherwise', { familyName: 'LEFEVRE DURAND', givenName: 'zoe' }, true],
  ['no family name', { familyName: '-' }, false],
  ['another family name', { familyName: 'Martin' }, false],
  ['no given name', { givenName: '' }, false],
  ['no birth date', { birthDate: null }, false],
  ['another birth date', { birthDate: '1990-02-27' }, false],
  ['the sex unknown', { sex: null }, true],
  ['another sex', { sex: 'M' }, false],
])('surely the same: %s', (_name, typed, expected) => {
  expect(isSurelySame(patient, { ...patient, ...typed })).toBe(expected);
});
