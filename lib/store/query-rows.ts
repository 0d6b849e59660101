import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { nameGroups } from '@/lib/dicom/person-name.ts';
import { type QueryLevel, queryAttributes, reaches } from './query-attributes.ts';

/** What of a query's answer is wanted: the level's own attributes and those that were named. */
export type Wanted = { has: (tag: string) => boolean; all: boolean; named: ReadonlySet<string> };

export function wantedOf(
  level: QueryLevel,
  keys: Record<string, string>,
  include: readonly string[] | 'all',
): Wanted {
  const all = include === 'all';
  const named = new Set([...Object.keys(keys), ...(all ? [] : include)]);
  return {
    all,
    named,
    has: (tag) => {
      const attribute = queryAttributes[tag];
      if (!attribute || !reaches(attribute, level)) return false;
      return all || named.has(tag) || attribute.byDefault;
    },
  };
}

/** The columns of the tables that an answer is made from, and what was worked out beside them by tag. */
export type RowSource = {
  study?: Record<string, unknown>;
  series?: Record<string, unknown>;
  image?: Record<string, unknown>;
  extra?: Record<string, unknown>;
};

/** One answer of a query as DICOM JSON (PS3.18 F), tags ascending; an attribute without a value has only its VR. */
export function toAnswer(source: RowSource, wanted: Wanted): DicomJson {
  const answer: DicomJson = {};
  for (const [tag, attribute] of Object.entries(queryAttributes)) {
    if (!attribute || !wanted.has(tag)) continue;
    const table =
      attribute.level === 'SERIES'
        ? source.series
        : attribute.level === 'IMAGE'
          ? source.image
          : source.study;
    const value = attribute.column === '' ? source.extra?.[tag] : table?.[attribute.column];
    if (value === undefined && attribute.column === '') continue;
    answer[tag] = element(attribute.vr, value);
  }
  return answer;
}

export function element(vr: string, value: unknown): DicomJsonElement {
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one) => one !== '' && one !== null && one !== undefined,
  );
  if (values.length === 0) return { vr };
  if (vr === 'PN') return { vr, Value: values.map((one) => nameGroups(String(one))) };
  return { vr, Value: values };
}
