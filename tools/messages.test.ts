import { describe, expect, test } from 'vitest';
import { icuArguments } from './icu-arguments.ts';
import { checkMessages, type Messages } from './message-check.ts';
import { messageUses } from './message-usages.ts';

const check = (source: string, en: Messages, fr: Messages = en, errorCodes: string[] = []) =>
  checkMessages({ en, fr, uses: messageUses('page.tsx', source), errorCodes });

const page = (call: string) => `const t = useTranslations('cases'); ${call};`;

describe('a key', () => {
  test('that is used and there in both languages is right', () => {
    expect(check(page(`t('title')`), { cases: { title: 'Cases' } })).toEqual([]);
  });

  test('missing in one language', () => {
    const both = { cases: { title: 'x' } };
    expect(check(page(`t('title')`), { cases: {} }, both)).toEqual(['cases.title: missing in English']);
    expect(check(page(`t('title')`), both, { cases: {} })).toEqual(['cases.title: missing in French']);
  });

  test('never used', () => {
    expect(check('', { cases: { title: 'x' } })).toEqual(['cases.title: never used']);
  });

  test('used, but there is none', () => {
    expect(check(page(`t('titel')`), {})).toEqual([
      'cases.titel: used in page.tsx:1, but there is no such message',
    ]);
  });

  test('of an error code must have its sentence, and an error without a code is unused', () => {
    expect(check('', { errors: { gone: 'x' } }, undefined, ['forbidden'])).toEqual([
      'errors.forbidden: a code without its sentence',
      'errors.gone: never used',
    ]);
    expect(check(`const t = useTranslations(); t(\`errors.\${code}\`);`, { errors: { gone: 'x' } })).toEqual([
      'errors.gone: never used',
    ]);
  });
});

describe('arguments', () => {
  const differ = (en: string, fr: string) =>
    check(page(`t('n')`), { cases: { n: en } }, { cases: { n: fr } });

  test('must be the same in both languages', () => {
    expect(differ('{name} added', 'ajouté')).toEqual(['cases.n: name in one language only']);
    expect(differ('<b>one</b>', 'un')).toEqual(['cases.n: <b> in one language only']);
  });

  test('may be invariable in one language: 1 series, 2 series', () => {
    expect(differ('{n} series', '{n, plural, one {# série} other {# séries}}')).toEqual([]);
  });

  test('may be in other cases of a plural, and in another order', () => {
    expect(
      differ(
        '{n, plural, one {# case} other {# cases}} of {name}',
        '{name} : {n, plural, =0 {aucun} other {#}}',
      ),
    ).toEqual([]);
  });

  test.each([
    ['{n, plural, one {# case}}', /plural without "other"/],
    ['{name', /not closed/],
    ['name}', /closes nothing/],
    ['{}', /without a name/],
  ])('%s is no message', (text, what) => {
    expect(differ(text, text)[0]).toMatch(what);
  });

  test('are found inside plurals, formats and next to apostrophes', () => {
    const text = `L’{a} d'eau {b}, {c, date, medium} {n, plural, one {{who} ''x''} other {'{not}'}}`;
    expect([...icuArguments(text)]).toEqual(['a', 'b', 'c:date', 'n', 'who']);
  });
});

describe('a use', () => {
  const found = (source: string) => messageUses('page.tsx', source).map(({ where: _, ...use }) => use);
  const key = (namespace: string | null, text: string) => [{ kind: 'key', namespace, text }];

  test.each([
    ['a hook', `const t = useTranslations('a'); t('b')`, key('a', 'b')],
    ['the whole tree', `const t = useTranslations(); t('a.b')`, key('', 'a.b')],
    ['rich text', `const t = useTranslations('a'); t.rich('b', {})`, key('a', 'b')],
    ['a server page', `async () => { const t = await getTranslations('a'); t('b') }`, key('a', 'b')],
    ['at once', `(await getTranslations('a'))('b')`, key('a', 'b')],
    [
      'awaited together',
      `const [x, t] = await Promise.all([f(), getTranslations('a')]); t('b')`,
      key('a', 'b'),
    ],
    [
      'a translator of its own',
      `const t = createTranslator({ locale, namespace: 'a' }); t('b')`,
      key('a', 'b'),
    ],
    ['options', `const t = await getTranslations({ locale, namespace: 'a' }); t('b')`, key('a', 'b')],
    ['another name', `const errors = useTranslations('a'); errors('b')`, key('a', 'b')],
    ['handed over', `function f(t: Translator) { return t('b') }`, key(null, 'b')],
    [
      'handed over with its namespace',
      `function f(t: ReturnType<typeof useTranslations<'a'>>) { return t('b') }`,
      key('a', 'b'),
    ],
    ['a member', `words.t('b')`, key(null, 'b')],
    [
      'an outer scope',
      `const t = useTranslations('a'); function f() { const t = useTranslations('c'); } t('b')`,
      key('a', 'b'),
    ],
    ['no translator', `const t = (x: number) => x; t('b'); set('b')`, []],
  ])('%s', (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  test('a choice of two is two', () => {
    expect(found(page(`t(open ? 'close' : 'open')`)).map((use) => use.text)).toEqual(['close', 'open']);
  });

  test('a literal begin counts for every key under it', () => {
    const role = { admin: 'A', clerk: 'C' };
    expect(check(`const t = useTranslations(); t(\`role.\${x}\`);`, { role })).toEqual([]);
    expect(check(`const t = useTranslations('role'); t(x);`, { role })).toEqual([]);
    expect(check(`const t = useTranslations(); t(\`rule.\${x}\`);`, { role })).toHaveLength(3);
  });

  test('without any literal cannot be followed', () => {
    expect(check('function f(t: Translator) { return t(x) }', {})[0]).toMatch(/cannot be followed/);
  });
});
