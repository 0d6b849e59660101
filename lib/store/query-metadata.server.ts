import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { queryAttributes } from './query-attributes.ts';
import { dateRange, foldName, inRange, listOf, nameTest, timeRange, wildcard } from './query-match.ts';
import type { Wanted } from './query-rows.ts';
import { seriesInstances } from './series-metadata.server.ts';

/**
 * Matches keys that the index does not have on the series' metadata at rest, and picks from it what is wanted.
 * Undefined when a key does not match. A series' attributes are those that all of its instances have in common.
 */
export async function metadataMatch(
  match: { seriesId?: string; sopInstanceUid?: string },
  keys: Record<string, string>,
  wanted?: Wanted,
): Promise<DicomJson | undefined> {
  const named = [...(wanted?.named ?? [])].filter((tag) => !queryAttributes[tag]);
  const tags = Object.keys(keys);
  if (!match.seriesId || (tags.length === 0 && named.length === 0 && !wanted?.all)) return {};
  const instances = await seriesInstances(match.seriesId);
  const own = match.sopInstanceUid
    ? instances.find((one) => one['00080018']?.Value?.[0] === match.sopInstanceUid)
    : common(instances, wanted?.all ? undefined : new Set([...tags, ...named]));
  if (!own) return tags.length === 0 ? {} : undefined;
  if (!tags.every((tag) => elementMatches(own[tag], keys[tag] ?? ''))) return undefined;
  if (wanted?.all) return own;
  return Object.fromEntries(named.flatMap((tag) => (own[tag] ? [[tag, own[tag]]] : [])));
}

function common(
  instances: readonly DicomJson[],
  tags: ReadonlySet<string> | undefined,
): DicomJson | undefined {
  const [first, ...rest] = instances;
  if (!first) return undefined;
  return Object.fromEntries(
    Object.entries(first).filter(([tag, element]) => {
      if (tags && !tags.has(tag)) return false;
      const text = JSON.stringify(element);
      return rest.every((one) => JSON.stringify(one[tag]) === text);
    }),
  );
}

/** Whether any value of an element matches a key, by the rules of its VR. Sequences match anything: their keys are not read. */
export function elementMatches(element: DicomJsonElement | undefined, key: string): boolean {
  const values = element?.Value ?? [];
  switch (element?.vr) {
    case undefined:
      return false;
    case 'SQ':
      return true;
    case 'UI':
      return values.some((value) => listOf(key).includes(String(value)));
    case 'DA': {
      const range = dateRange(key);
      return range !== undefined && values.some((value) => inRange(String(value), range));
    }
    case 'TM': {
      const range = timeRange(key);
      return range !== undefined && values.some((value) => inRange(String(value), range));
    }
    case 'PN': {
      const test = nameTest(key);
      return values.some((value) => test(foldName(groups(value))));
    }
    default: {
      const test = wildcard(key.trim());
      return values.some((value) =>
        typeof value === 'number' ? value === Number(key) : test(String(value)),
      );
    }
  }
}

function groups(value: unknown): string {
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = (value ?? {}) as Record<string, string>;
  return `${Alphabetic}=${Ideographic}=${Phonetic}`;
}
