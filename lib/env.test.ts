import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEnv } from './env.ts';

test('nothing set is a machine of one’s own, with the demonstration', () => {
  expect(parseEnv({})).toEqual({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: path.resolve('data'),
    DICOM_PORT: 11112,
    DICOM_TLS_PORT: 2762,
    DICOM_AET: 'CONSILIUM',
    LOG_LEVEL: 'info',
    DEMO: true,
  });
});

describe('the demonstration', () => {
  test.each(['127.0.0.1', '127.9.8.7', 'localhost', '::1'])('is on behind %s', (HOST) => {
    expect(parseEnv({ HOST }).DEMO).toBe(true);
  });

  test.each(['0.0.0.0', '::', '10.0.0.5', 'rcp.hospital.example', '127.0.0.1.example.org'])(
    'is off where others can reach it: %s',
    (HOST) => {
      expect(parseEnv({ HOST }).DEMO).toBe(false);
    },
  );

  test('is what DEMO says when it says something', () => {
    expect(parseEnv({ HOST: '0.0.0.0', DEMO: '1' }).DEMO).toBe(true);
    expect(parseEnv({ DEMO: '0' }).DEMO).toBe(false);
  });
});

test('an empty value is no value', () => {
  expect(parseEnv({ PORT: '', DATABASE_URL: '', NEXTAUTH_URL: '' })).toMatchObject({ PORT: 3000 });
});

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['DICOM_PORT', '-1'],
  ['DICOM_TLS_PORT', 'tls'],
  ['DICOM_AET', 'SEVENTEEN_LETTERS'],
  ['DICOM_AET', 'BACK\\SLASH'],
  ['DATABASE_URL', 'mysql://localhost/consilium'],
  ['REDIS_URL', 'localhost:6379'],
  ['NEXTAUTH_URL', 'rcp.hospital'],
  ['NEXTAUTH_SECRET', 'short'],
  ['DEMO', 'yes'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s stops the boot with one line that names it', (name, value) => {
  const boot = () => parseEnv({ [name]: value });
  expect(boot).toThrow(new RegExp(`^Unusable environment: ${name} .+`));
  expect(boot).not.toThrow(/\n/);
});

test('REDIS_URL without DATABASE_URL stops the boot: each process would have a database of its own', () => {
  const REDIS_URL = 'redis://localhost';
  expect(() => parseEnv({ REDIS_URL })).toThrow(/^Unusable environment: REDIS_URL needs DATABASE_URL/);
  expect(parseEnv({ REDIS_URL, DATABASE_URL: 'postgresql://localhost/c' })).toMatchObject({ REDIS_URL });
});

test('every unusable value is named at once', () => {
  expect(() => parseEnv({ PORT: 'x', DEMO: 'x' })).toThrow(/PORT .+; DEMO /);
});
