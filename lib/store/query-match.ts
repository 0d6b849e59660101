/** Attribute matching of PS3.4 C.2.2.2, each as a filter that a database can search by, and as a test of one value. */

/** Conditions on one text column, all of which must hold; the names are those of the database client. */
export type TextFilter = {
  equals?: string;
  in?: string[];
  startsWith?: string;
  endsWith?: string;
  contains?: string;
};

export type RangeFilter = { gte?: string; lte?: string };

/** Empty, or nothing but `*`: matches everything (universal matching, C.2.2.2.3). */
export const isUniversal = (key: string): boolean => /^\**$/.test(key.trim());

export const hasWildcard = (key: string): boolean => /[*?]/.test(key);

/** Values of a list of UIDs (C.2.2.2.2), apart by backslash, or by comma in a URL (PS3.18 8.3.4.1). */
export const listOf = (key: string): string[] =>
  key
    .split(/[\\,]/)
    .map((one) => one.trim())
    .filter(Boolean);

// Marks of Latin, Greek, Hebrew, Arabic and Japanese letters that decompose; the database's trigger has the same ones.
const marks =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u3099\u309a]/g;

/** A person name for comparing: lower case, without accents, without empty trailing components and groups. */
export const foldName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(marks, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/[\^ ]+(?==|$)/g, '')
    .replace(/=+$/, '');

/** LIKE has wildcards of its own: what a key means literally is escaped. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Whether the wildcards of a key are one `*` at either end or both: then the filter alone tells. */
const isSimple = (key: string): boolean => !key.includes('?') && /^\*?[^*]*\*?$/.test(key);

/**
 * A wildcard key (C.2.2.2.4) as conditions on a column. They never lose a match; where `exact` is false they let too
 * much through, and `wildcard(key)` must test what they found.
 */
export function textFilter(key: string): { filter: TextFilter; exact: boolean } {
  if (!hasWildcard(key)) return { filter: { equals: key }, exact: true };
  const pieces = key.split(/[*?]/);
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  const middle = pieces
    .slice(1, -1)
    .reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  const filter = {
    ...(first && { startsWith: literal(first) }),
    ...(last && { endsWith: literal(last) }),
    ...(middle && { contains: literal(middle) }),
  };
  return { filter, exact: isSimple(key) };
}

/** The same key as a test of one value. Linear in the value's length: no key can make it slow. */
export function wildcard(key: string): (value: string) => boolean {
  return (value) => {
    let at = 0;
    let pos = 0;
    let star = -1;
    let mark = 0;
    while (pos < value.length) {
      if (at < key.length && key[at] === '*') {
        star = at++;
        mark = pos;
      } else if (at < key.length && (key[at] === '?' || key[at] === value[pos])) {
        at += 1;
        pos += 1;
      } else if (star >= 0) {
        at = star + 1;
        pos = ++mark;
      } else return false;
    }
    while (key[at] === '*') at += 1;
    return at === key.length;
  };
}

/**
 * A person name's key as alternatives on the folded column: the whole name, or one of its groups (alphabetic,
 * ideographic, phonetic), in any case and with or without accents (C.2.2.2.1 lets a name be compared so).
 */
export function nameFilters(key: string): { any: TextFilter[]; exact: boolean } {
  const folded = foldName(key);
  if (!hasWildcard(folded)) {
    const text = literal(folded);
    const any = [
      { equals: folded },
      { startsWith: `${text}=` },
      { endsWith: `=${text}` },
      { contains: `=${text}=` },
    ];
    return { any, exact: true };
  }
  const text = literal(folded.replaceAll('*', ''));
  if (!isSimple(folded)) {
    const longest = folded.split(/[*?]/).reduce((best, one) => (one.length > best.length ? one : best), '');
    return { any: [{ contains: literal(longest) }], exact: false };
  }
  if (folded.startsWith('*') && folded.endsWith('*')) return { any: [{ contains: text }], exact: true };
  if (folded.endsWith('*')) return { any: [{ startsWith: text }, { contains: `=${text}` }], exact: true };
  return { any: [{ endsWith: text }, { contains: `${text}=` }], exact: true };
}

/** The same as a test of one folded name. */
export function nameTest(key: string): (foldedName: string) => boolean {
  const test = wildcard(foldName(key));
  return (name) => test(name) || name.split('=').some(test);
}

/** Fuzzy matching of names: every word of the key begins a word of the name, in any order. One list per word. */
export function fuzzyNameFilters(key: string): TextFilter[][] {
  const words = foldName(key.replaceAll('*', ' '))
    .split(/[\s^=,?]+/)
    .filter(Boolean);
  return words.map((word) => {
    const text = literal(word);
    return [{ startsWith: text }, ...['^', '=', ' ', '-'].map((edge) => ({ contains: `${edge}${text}` }))];
  });
}

/** Lower and upper end of a range key, either of them empty when open; a single value is both. */
function ends(key: string): [string, string] {
  const at = key.indexOf('-');
  return at < 0 ? [key, key] : [key.slice(0, at).trim(), key.slice(at + 1).trim()];
}

/** A date or a range of dates (C.2.2.2.5) on a column of YYYYMMDD. Undefined when the key is none. */
export function dateRange(key: string): Required<RangeFilter> | undefined {
  const [from, to] = ends(key.trim().replaceAll('.', ''));
  if (!/^(\d{8})?$/.test(from) || !/^(\d{8})?$/.test(to) || (from === '' && to === '')) return undefined;
  return { gte: from || '0', lte: to || '99999999' };
}

/** A time or a range of times on a column of HHMMSS.FFFFFF, of whatever precision the key and the value have. */
export function timeRange(key: string): Required<RangeFilter> | undefined {
  const [from, to] = ends(key.trim().replaceAll(':', ''));
  const time = /^(\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?)?$/;
  if (!time.test(from) || !time.test(to) || (from === '' && to === '')) return undefined;
  const last = '235959.999999';
  return {
    gte: from || '0',
    lte: to === '' ? last : to.length > 6 ? to.padEnd(13, '9') : to + last.slice(to.length),
  };
}

export const inRange = (value: string, range: Required<RangeFilter>): boolean =>
  value >= range.gte && value <= range.lte;
