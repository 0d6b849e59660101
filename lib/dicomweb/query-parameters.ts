import { tagOf, vrOf } from '@/lib/dicom/json-keywords.ts';
import { AppError } from '@/lib/errors.ts';
import { isStorable } from '@/lib/http/schema.ts';

export type QidoQuery = {
  keys: Record<string, string>;
  include: string[] | 'all';
  fuzzy: boolean;
  limit: number | undefined;
  offset: number;
  /** Names of keys that are not matched, because they reach into sequences. */
  ignored: string[];
};

/**
 * Reads a query of PS3.18 8.3.4: attributes by keyword or tag, `includefield`, `fuzzymatching`, `limit`, `offset`.
 * Throws `dicomweb_unknown_parameter` for a name that is no attribute, `dicomweb_bad_value` for an unusable value.
 */
export function readQuery(search: URLSearchParams): QidoQuery {
  const query: QidoQuery = { keys: {}, include: [], fuzzy: false, limit: undefined, offset: 0, ignored: [] };
  for (const [name, value] of search) {
    switch (name.toLowerCase()) {
      case 'includefield':
        includeFields(query, value);
        break;
      case 'fuzzymatching':
        if (value !== 'true' && value !== 'false') throw bad(name);
        query.fuzzy = value === 'true';
        break;
      case 'limit':
        query.limit = count(name, value);
        break;
      case 'offset':
        query.offset = count(name, value);
        break;
      case 'accept': // Media types by query parameter: read with the Accept header.
        break;
      default:
        addKey(query, name, value);
    }
  }
  return query;
}

function addKey(query: QidoQuery, name: string, value: string): void {
  const tags = name.split('.').map(tagOf);
  if (tags.includes(undefined))
    throw new AppError('dicomweb_unknown_parameter', { params: { name: name.slice(0, 64) } });
  const [tag = ''] = tags;
  if (tags.length > 1 || vrOf(tag) === 'SQ') {
    query.ignored.push(name);
    return;
  }
  if (tag in query.keys || value.length > 2000 || !isStorable(value)) throw bad(name);
  query.keys[tag] = value;
}

function includeFields(query: QidoQuery, value: string): void {
  for (const name of value.split(',')) {
    if (name === 'all') query.include = 'all';
    // A path into a sequence brings the whole sequence.
    const tag = name === 'all' ? undefined : tagOf(name.split('.')[0] ?? '');
    if (name !== 'all' && !tag)
      throw new AppError('dicomweb_unknown_parameter', { params: { name: name.slice(0, 64) } });
    if (tag && query.include !== 'all') query.include.push(tag);
  }
}

function count(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw bad(name);
  return Number(value);
}

const bad = (name: string) => new AppError('dicomweb_bad_value', { params: { name: name.slice(0, 64) } });
