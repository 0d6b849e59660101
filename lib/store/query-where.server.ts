import type { Prisma } from '@/lib/db/generated/client.ts';
import { AppError } from '@/lib/errors.ts';
import { type QueryAttribute, type QueryLevel, queryAttributes, reaches } from './query-attributes.ts';
import {
  dateRange,
  foldName,
  fuzzyNameFilters,
  hasWildcard,
  isUniversal,
  listOf,
  nameFilters,
  nameTest,
  textFilter,
  timeRange,
  wildcard,
} from './query-match.ts';

/** A row of any level as the tests of `QueryPlan.checks` see it: columns by name. */
export type Columns = Record<string, unknown>;

export type QueryPlan = {
  study: Prisma.StudyWhereInput[];
  series: Prisma.SeriesWhereInput[];
  image: Prisma.InstanceWhereInput[];
  /** What SQL let through too generously: tests of the study's, series' or instance's row. */
  checks: { of: 'study' | 'series' | 'image'; test: (row: Columns) => boolean }[];
  /** Keys to be matched on the metadata at rest. */
  metadata: Record<string, string>;
};

type Options = { fuzzy: boolean; combined: boolean };
type Condition = Record<string, unknown>;

/** Turns a query's keys into conditions on the index. Throws `dicomweb_bad_value` for a date, time or number that is none. */
export function planQuery(level: QueryLevel, keys: Record<string, string>, options: Options): QueryPlan {
  const plan: QueryPlan = { study: [], series: [], image: [], checks: [], metadata: {} };
  const rest = { ...keys };
  if (options.combined) combineDateTime(plan, rest, '00080020', '00080030');
  for (const [tag, key] of Object.entries(rest)) {
    if (isUniversal(key)) continue;
    const attribute = queryAttributes[tag];
    if (!attribute) plan.metadata[tag] = key;
    else if (attribute.kind !== 'answer' && reaches(attribute, level))
      add(plan, attribute, condition(plan, attribute, tag, key, options));
  }
  return plan;
}

const tableOf = (attribute: QueryAttribute): 'study' | 'series' | 'image' =>
  attribute.level === 'SERIES' ? 'series' : attribute.level === 'IMAGE' ? 'image' : 'study';

function add(plan: QueryPlan, attribute: QueryAttribute, one: Condition): void {
  const list: Condition[] = plan[tableOf(attribute)] as Condition[];
  list.push(one);
}

function condition(
  plan: QueryPlan,
  attribute: QueryAttribute,
  tag: string,
  key: string,
  options: Options,
): Condition {
  const { kind, column } = attribute;
  const check = (test: (value: string) => boolean) =>
    plan.checks.push({ of: tableOf(attribute), test: (row) => test(String(row[column] ?? '')) });
  switch (kind) {
    case 'uid':
      return { [column]: { in: listOf(key) } };
    case 'sopClasses':
      return {
        series: { some: { hiddenAt: null, instances: { some: { sopClassUid: { in: listOf(key) } } } } },
      };
    case 'modalities': {
      if (!hasWildcard(key)) return { modalities: { hasSome: listOf(key) } };
      const tests = listOf(key).map(wildcard);
      plan.checks.push({
        of: 'study',
        test: (row) => (row.modalities as string[]).some((one) => tests.some((test) => test(one))),
      });
      return {};
    }
    case 'code':
      if (listOf(key).length > 1) return { [column]: { in: listOf(key) } };
      return text(column, key.trim(), check);
    case 'text':
      return text(column, key.trim(), check);
    case 'name':
      return name(attribute, key, options.fuzzy, check);
    case 'date':
      return { [column]: required(dateRange(key), tag) };
    case 'time':
      return { [column]: required(timeRange(key), tag) };
    case 'integer': {
      const value = Number(key.trim());
      if (!Number.isInteger(value) || Math.abs(value) > 2147483647) throw badValue(tag);
      return { [column]: value };
    }
    case 'answer':
      return {};
  }
}

function text(column: string, key: string, check: (test: (value: string) => boolean) => void): Condition {
  const { filter, exact } = textFilter(key);
  if (!exact) check(wildcard(key));
  return { [column]: filter };
}

/** The patient's name has a folded column with an index; the referring physician's is compared without regard to case. */
function name(
  attribute: QueryAttribute,
  key: string,
  fuzzy: boolean,
  check: (test: (value: string) => boolean) => void,
): Condition {
  if (attribute.column !== 'patientName') {
    const test = fuzzy ? fuzzyTest(key) : nameTest(key);
    check((value) => test(foldName(value)));
    return { [attribute.column]: { not: '' } };
  }
  if (fuzzy)
    return {
      AND: fuzzyNameFilters(key).map((any) => ({
        OR: any.map((patientNameFolded) => ({ patientNameFolded })),
      })),
    };
  const { any, exact } = nameFilters(key);
  if (!exact) {
    const test = nameTest(key);
    check((value) => test(foldName(value)));
  }
  return { OR: any.map((patientNameFolded) => ({ patientNameFolded })) };
}

export function fuzzyTest(key: string): (foldedName: string) => boolean {
  const words = foldName(key.replaceAll('*', ' '))
    .split(/[\s^=,?]+/)
    .filter(Boolean);
  return (folded) => {
    const own = folded.split(/[\s^=-]+/);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  };
}

/** Date and time ranges together are one range of moments (PS3.4 C.2.2.2.5.3), as QIDO-RS has it. */
function combineDateTime(
  plan: QueryPlan,
  keys: Record<string, string>,
  dateTag: string,
  timeTag: string,
): void {
  const dateKey = keys[dateTag] ?? '';
  const timeKey = keys[timeTag] ?? '';
  if (!dateKey.includes('-') || !timeKey.includes('-')) return;
  const date = required(dateRange(dateKey), dateTag);
  const time = required(timeRange(timeKey), timeTag);
  plan.study.push({
    AND: [
      { OR: [{ studyDate: { gt: date.gte } }, { studyDate: date.gte, studyTime: { gte: time.gte } }] },
      { OR: [{ studyDate: { lt: date.lte } }, { studyDate: date.lte, studyTime: { lte: time.lte } }] },
      { studyDate: { not: '' } },
    ],
  });
  delete keys[dateTag];
  delete keys[timeTag];
}

const badValue = (tag: string) => new AppError('dicomweb_bad_value', { params: { name: tag } });

function required<T>(value: T | undefined, tag: string): T {
  if (value === undefined) throw badValue(tag);
  return value;
}
