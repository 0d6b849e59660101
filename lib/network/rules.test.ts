import { describe, expect, test } from 'vitest';
import {
  backOff,
  contextsFor,
  dateRange,
  MAX_ATTEMPTS,
  MAX_CONTEXTS,
  mayBecome,
  mayEditListener,
  namePattern,
  plainAddress,
  statusText,
  storeOutcome,
  worthRetry,
} from './rules.ts';
import {
  aeTitleSchema,
  createNodeSchema,
  queryNodeSchema,
  type Reason,
  reasons,
  transferStates,
} from './schema.ts';

describe('an AE title (PS3.5 6.2: 16 characters of the default repertoire, no backslash, no control, not only spaces)', () => {
  test.each(['PACS', 'A', 'SIXTEEN.CHARS_16', 'Old Pacs-2', '  PADDED  '])('%j is one', (title) => {
    expect(aeTitleSchema.parse(title)).toBe(title.trim());
  });
  test.each(['', '   ', 'SEVENTEEN_CHARS_1', 'BACK\\SLASH', 'TAB\tTAB', 'ARCHIVÉ', 'NUL\0'])(
    '%j is none',
    (title) => {
      expect(aeTitleSchema.safeParse(title).success).toBe(false);
    },
  );
});

describe('a node’s description', () => {
  const node = (changes: object) =>
    createNodeSchema.safeParse({
      centreId: '01993f3c-0000-7000-8000-000000000000',
      name: 'Archive',
      aeTitle: 'PACS',
      host: 'pacs.example.org',
      port: 104,
      ...changes,
    });
  test('may nothing here unless told', () => {
    expect(node({}).data).toMatchObject({ mayStore: false, mayQuery: false, mayRetrieve: false, tls: false });
  });
  test.each(['10.0.0.7', 'pacs', 'pacs-1.chu.example', '::1', 'fe80::1'])('host %s', (host) => {
    expect(node({ host }).success).toBe(true);
  });
  test.each(['', 'http://pacs', 'pacs:104', 'a b', '-pacs', 'pacs/x'])('no host: %j', (host) => {
    expect(node({ host }).success).toBe(false);
  });
  test('keeps a fingerprint in one form, however it was printed', () => {
    const bare = 'ab'.repeat(32);
    const colons = `${'AB:'.repeat(31)}AB`;
    for (const certificateFingerprint of [bare, colons, `SHA256 Fingerprint=${colons}`, `sha256:${bare}`])
      expect(node({ certificateFingerprint }).data?.certificateFingerprint).toBe(bare);
    expect(node({ certificateFingerprint: 'abcd' }).success).toBe(false);
  });
});

describe('a query', () => {
  test.each([{}, { patientName: '*' }, { patientName: '  ' }, { patientId: '??' }])(
    'for everything a node holds is none: %j',
    (query) => {
      expect(queryNodeSchema.safeParse(query).success).toBe(false);
    },
  );
  test('takes one key, and no backslash, which would make two values of it (PS3.5 6.4)', () => {
    expect(queryNodeSchema.safeParse({ accessionNumber: 'A1' }).success).toBe(true);
    expect(queryNodeSchema.safeParse({ patientId: 'A\\*' }).success).toBe(false);
  });
  test.each([
    ['', ''],
    ['Dupont', 'Dupont*'],
    ['Dupont Marie', 'Dupont*Marie*'],
    ['Dupont, Marie', 'Dupont^Marie*'],
    ['Dup*t', 'Dup*t'],
  ])('names whom %j begins (PS3.4 C.2.2.2.4)', (typed, pattern) => {
    expect(namePattern(typed)).toBe(pattern);
  });
  test.each([
    ['20250101', '20250131', '20250101-20250131'],
    ['20250101', '', '20250101-'],
    ['', '20250131', '-20250131'],
    ['20250101', '20250101', '20250101'],
    ['', '', ''],
  ])('from %j to %j is the range %j (PS3.4 C.2.2.2.5)', (from, to, range) => {
    expect(dateRange({ from, to })).toBe(range);
  });
});

describe('after a failure', () => {
  test('pauses never get shorter, and end with one hour', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS + 5 }, (_, n) => backOff(n));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBe(3_600_000);
    expect(pauses[0]).toBe(2000);
  });
  test('what only somebody can change is not tried again; what may pass is', () => {
    const lasting: Reason[] = [
      'tls_failed',
      'no_context',
      'objects_refused',
      'objects_kept_aside',
      'incomplete',
      'node_disabled',
      'study_gone',
    ];
    for (const reason of reasons)
      expect([reason, worthRetry(reason)]).toEqual([reason, !lasting.includes(reason)]);
  });
});

describe('a transfer', () => {
  test('ends once: nothing follows `done`', () => {
    for (const state of transferStates) expect(mayBecome('done', state)).toBe(false);
  });
  test('that failed or was cancelled may wait again, and only that', () => {
    for (const from of ['failed', 'cancelled'] as const)
      expect(transferStates.filter((to) => mayBecome(from, to))).toEqual(['waiting']);
  });
  test('is done only after it ran', () => {
    expect(transferStates.filter((from) => mayBecome(from, 'done'))).toEqual(['running']);
  });
});

describe('a C-STORE status (PS3.4 B.2.3, PS3.7 C)', () => {
  test.each([
    [0x0000, 'sent', 'success'],
    [0xb000, 'sent', 'coercion of data elements'],
    [0xb007, 'sent', 'data set does not match SOP class, kept'],
    [0xb006, 'sent', 'elements discarded, kept'],
    [0xa700, 'stop', 'out of resources'],
    [0xa701, 'stop', 'out of resources'],
    [0x0213, 'stop', 'resource limitation'],
    [0x0110, 'later', 'processing failure'],
    [0xa900, 'refused', 'data set does not match SOP class'],
    [0xc000, 'refused', 'cannot understand'],
    [0xcfff, 'refused', 'cannot understand'],
    [0x0122, 'refused', 'SOP class not supported'],
    [0x0124, 'refused', 'not authorised'],
  ] as const)('%i means %s: %s', (status, outcome, _meaning) => {
    expect(storeOutcome(status)).toBe(outcome);
  });
  test('is written with four hexadecimal digits', () => {
    expect([0, 0x110, 0xa700].map(statusText)).toEqual(['0000', '0110', 'A700']);
  });
});

describe('presentation contexts', () => {
  const CT = '1.2.840.10008.5.1.4.1.1.2';
  const [implicit, explicit, jpegLs] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.80'];
  const syntaxes = (objects: Parameters<typeof contextsFor>[0]) =>
    contextsFor(objects).map((one) => one.map(({ transferSyntaxUid }) => transferSyntaxUid).sort());
  test('of a native object are three at most, of a compressed one its own alone: pixels are never changed', () => {
    expect(syntaxes([{ sopClassUid: CT, transferSyntaxUid: explicit ?? '' }])).toEqual([
      [implicit, explicit],
    ]);
    expect(syntaxes([{ sopClassUid: CT, transferSyntaxUid: jpegLs ?? '' }])).toEqual([[jpegLs]]);
  });
  test('are proposed once for many objects', () => {
    const many = Array.from({ length: 300 }, () => ({ sopClassUid: CT, transferSyntaxUid: jpegLs ?? '' }));
    expect(contextsFor(many)).toHaveLength(1);
    expect(contextsFor(many)[0]).toHaveLength(1);
  });
  test('beyond 128 go into another association (PS3.8 9.3.2.2), and no class is split', () => {
    const many = Array.from({ length: 100 }, (_, n) => ({
      sopClassUid: `1.2.${n}`,
      transferSyntaxUid: explicit ?? '',
    }));
    const associations = contextsFor(many);
    expect(associations).toHaveLength(2);
    for (const one of associations) expect(one.length).toBeLessThanOrEqual(MAX_CONTEXTS);
    const classes = associations.map((one) => new Set(one.map(({ sopClassUid }) => sopClassUid)));
    expect([...(classes[0] ?? [])].filter((uid) => classes[1]?.has(uid))).toEqual([]);
  });
});

test('an IPv4 address is the same inside IPv6 (RFC 4291 2.5.5.2)', () => {
  expect(plainAddress('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(plainAddress('FE80::1%eth0')).toBe('fe80::1');
});

test('what unknown callers get is taken from a centre by its own administrator alone', () => {
  expect(mayEditListener({ centreId: null }, ['a'])).toBe(true);
  expect(mayEditListener({ centreId: 'a' }, ['a'])).toBe(true);
  expect(mayEditListener({ centreId: 'b' }, ['a'])).toBe(false);
  expect(mayEditListener({ centreId: null }, [])).toBe(false);
});
