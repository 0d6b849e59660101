import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorCode, errorStatus } from '@/lib/errors.ts';
import { errorSentence, requestLocale, toProblem } from './problem.server.ts';

describe('what a client may see', () => {
  test('of an error of ours: code, status, sentence, numbers, fields, what the server holds', () => {
    const error = new AppError('version_conflict', { current: { version: 3 }, cause: new Error('row 17') });
    expect(toProblem(error, 'en')).toEqual({
      type: 'urn:consilium:error:version_conflict',
      title: expect.stringMatching(/^Someone else has changed this/),
      status: 409,
      code: 'version_conflict',
      current: { version: 3 },
    });
  });

  test('of anything unknown: that it is our fault, and nothing of the cause', () => {
    const problem = toProblem(new Error('password=hunter2 at db.internal'), 'en');
    expect(problem).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|db\.internal/);
  });

  test('of wrong input: the paths of the wrong fields', () => {
    const { error } = z.object({ patient: z.object({ birthDate: z.iso.date() }) }).safeParse({
      patient: { birthDate: '2026-02-31' },
    });
    expect(toProblem(error, 'en')).toMatchObject({
      code: 'invalid_input',
      errors: [{ path: 'patient.birthDate' }],
    });
  });

  test('of an error that came from another bundle’s copy of the class: the same', () => {
    const foreign = Object.assign(new Error('not_found'), { ...new AppError('not_found'), name: 'AppError' });
    expect(toProblem(foreign, 'en')).toMatchObject({ code: 'not_found', status: 404 });
  });
});

test.each(Object.keys(errorStatus) as ErrorCode[])('%s has its sentence in both languages', (code) => {
  const numbers = { seconds: 1, received: 1, expected: 2, size: 10, count: 2 };
  const params = {
    ...numbers,
    name: 'Modality',
    view: '1',
    reason: 'mip',
    types: 'image/png',
    stored: '1.2',
    detail: 'why',
  };
  const [en, fr] = [errorSentence({ code, params }, 'en'), errorSentence({ code, params }, 'fr')];
  for (const sentence of [en, fr]) expect(sentence).toMatch(/^\p{Lu}.+[.]$/u);
  expect(fr).not.toBe(en);
});

test('numbers take the plural of the language', () => {
  const wait = (seconds: number) => errorSentence({ code: 'too_many_attempts', params: { seconds } }, 'fr');
  expect(wait(1)).toContain('1 seconde.');
  expect(wait(30)).toContain('30 secondes.');
});

test.each([
  ['en-GB,en;q=0.9', 'en'],
  ['de-DE, fr;q=0.7, en;q=0.3', 'fr'],
  ['de', 'fr'],
  [null, 'fr'],
])('the language of "%s" is %s', (header, locale) => {
  expect(requestLocale({ acceptLanguage: header })).toBe(locale);
});

test('the language chosen in this browser goes before the browser’s own, and that before the account’s', () => {
  expect(requestLocale({ cookie: 'a=b; locale=en', acceptLanguage: 'fr' }, 'fr')).toBe('en');
  expect(requestLocale({ cookie: 'xlocale=en', acceptLanguage: 'fr-FR' }, 'en')).toBe('fr');
  expect(requestLocale({ acceptLanguage: '*' }, 'en')).toBe('en');
});
