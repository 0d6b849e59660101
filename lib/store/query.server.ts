import type { Actor } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { readableWhere } from './list-studies.server.ts';
import { hasMetadata, type QueryLevel } from './query-attributes.ts';
import { metadataMatch } from './query-metadata.server.ts';
import { type RowSource, toAnswer, type Wanted, wantedOf } from './query-rows.ts';
import { type Columns, planQuery, type QueryPlan } from './query-where.server.ts';

export type StoreQuery = {
  level: QueryLevel;
  /** Matching keys by tag (8 upper-case hexadecimal digits); an empty key only asks for the value. */
  keys: Record<string, string>;
  /** Tags to answer beside the level's own ones; `all` for everything that is known at that level. */
  include: readonly string[] | 'all';
  /** Names by the beginnings of their words, in any order. */
  fuzzy: boolean;
  limit: number;
  offset: number;
  /** Only what is attached to that case. */
  caseId?: string | null;
  /** Only within that study, which the caller has resolved for this actor. */
  studyId?: string;
  /** StudyDate and StudyTime ranges are one range of moments, as in QIDO-RS. */
  combinedDateTime?: boolean;
};

/** A row that matched: what the answer is made from, and whose data it is. */
export type Match = RowSource & { centreId: string; seriesId?: string; sopInstanceUid?: string };

/** With conditions that only a look at each row can test, so many rows are read at a time. */
const BATCH = 500;

/**
 * What of the store the actor may read and a query matches (PS3.4 C.2.2.2), as DICOM JSON: for QIDO-RS and C-FIND.
 * Listing is an access to patients' data and leaves an audit row per centre. Throws `dicomweb_bad_value` for a key
 * that is no date, time or number where it must be one.
 */
export async function queryStore(actor: Actor, query: StoreQuery): Promise<DicomJson[]> {
  const plan = planQuery(query.level, query.keys, {
    fuzzy: query.fuzzy,
    combined: query.combinedDateTime ?? false,
  });
  const wanted = wantedOf(query.level, query.keys, query.include);
  const matches = await withAudit(actor, async (tx, audit) => {
    const found = await collect(query, plan, (skip, take) =>
      page(tx, actor, query, plan, wanted, skip, take),
    );
    auditList(audit, query, found);
    return found;
  });
  if (!hasMetadata(query.level)) return matches.map((match) => toAnswer(match, wanted));
  const answers: DicomJson[] = [];
  for (const match of matches) {
    const more = await metadataMatch(match, {}, wanted);
    answers.push({ ...more, ...toAnswer(match, wanted) });
  }
  return answers;
}

/** Rows offset to offset + limit: straight from SQL, or, where rows must be looked at, page after page until enough passed. */
async function collect(
  query: StoreQuery,
  plan: QueryPlan,
  read: (skip: number, take: number) => Promise<Match[]>,
): Promise<Match[]> {
  const onMetadata = hasMetadata(query.level) && Object.keys(plan.metadata).length > 0;
  if (plan.checks.length === 0 && !onMetadata) return read(query.offset, query.limit);
  const passed: Match[] = [];
  for (let skip = 0; ; skip += BATCH) {
    const rows = await read(skip, BATCH);
    for (const row of rows) {
      if (!plan.checks.every((check) => check.test((row[check.of] ?? {}) as Columns))) continue;
      if (onMetadata && !(await metadataMatch(row, plan.metadata))) continue;
      passed.push(row);
      if (passed.length >= query.offset + query.limit) return passed.slice(query.offset);
    }
    if (rows.length < BATCH) return passed.slice(query.offset);
  }
}

function auditList(audit: Audit, query: StoreQuery, found: readonly Match[]): void {
  const centres = new Set(found.map(({ centreId }) => centreId));
  for (const centreId of centres.size > 0 ? centres : [null]) {
    audit({
      action: 'study.list',
      resourceType: 'study',
      resourceId: query.studyId ?? '',
      centreId,
      caseId: query.caseId ?? null,
      details: { count: found.filter((row) => row.centreId === centreId).length, level: query.level },
    });
  }
}

function page(
  tx: Tx,
  actor: Actor,
  query: StoreQuery,
  plan: QueryPlan,
  wanted: Wanted,
  skip: number,
  take: number,
): Promise<Match[]> {
  const study: Prisma.StudyWhereInput = {
    AND: [
      // Within a study that the caller resolved for this actor the right is proved already.
      query.studyId ? { id: query.studyId, hiddenAt: null } : readableWhere(actor),
      { hiddenAt: null },
      query.caseId ? { cases: { some: { caseId: query.caseId } } } : {},
      ...plan.study,
    ],
  };
  switch (query.level) {
    case 'PATIENT':
      return patients(tx, study, skip, take);
    case 'STUDY':
      return studies(tx, actor, study, wanted, skip, take);
    case 'SERIES':
      return series(tx, { AND: [{ hiddenAt: null, study }, ...plan.series] }, query, skip, take);
    case 'IMAGE': {
      const within = { AND: [{ hiddenAt: null, study }, ...plan.series] };
      return images(tx, { AND: [{ series: within }, ...plan.image] }, query, skip, take);
    }
  }
}

async function patients(tx: Tx, where: Prisma.StudyWhereInput, skip: number, take: number): Promise<Match[]> {
  const groups = await tx.study.groupBy({
    by: ['centreId', 'patientId', 'patientName', 'patientBirthDate', 'patientSex'],
    where,
    _count: { _all: true },
    _sum: { seriesCount: true, instanceCount: true },
    orderBy: [{ patientId: 'asc' }, { patientName: 'asc' }, { centreId: 'asc' }],
    skip,
    take,
  });
  return groups.map(({ _count, _sum, ...row }) => ({
    centreId: row.centreId,
    study: row,
    extra: { '00201200': _count._all, '00201202': _sum.seriesCount, '00201204': _sum.instanceCount },
  }));
}

async function studies(
  tx: Tx,
  actor: Actor,
  where: Prisma.StudyWhereInput,
  wanted: Wanted,
  skip: number,
  take: number,
): Promise<Match[]> {
  const rows = await tx.study.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  const classes = wanted.has('00080062')
    ? await sopClasses(
        tx,
        rows.map(({ id }) => id),
      )
    : undefined;
  const ofPatients = ['00201200', '00201202', '00201204'].some(wanted.has)
    ? await patientCounts(tx, actor, rows)
    : undefined;
  return rows.map((row) => ({
    centreId: row.centreId,
    study: row,
    extra: {
      '00080056': 'ONLINE',
      ...(classes && { '00080062': [...(classes.get(row.id) ?? [])].sort() }),
      ...ofPatients?.get(`${row.centreId} ${row.patientId}`),
    },
  }));
}

async function sopClasses(tx: Tx, studyIds: string[]): Promise<Map<string, Set<string>>> {
  const rows = await tx.instance.findMany({
    where: { series: { studyId: { in: studyIds }, hiddenAt: null } },
    distinct: ['seriesId', 'sopClassUid'],
    select: { sopClassUid: true, series: { select: { studyId: true } } },
  });
  const found = new Map<string, Set<string>>();
  for (const {
    sopClassUid,
    series: { studyId },
  } of rows)
    found.set(studyId, (found.get(studyId) ?? new Set()).add(sopClassUid));
  return found;
}

async function patientCounts(tx: Tx, actor: Actor, rows: readonly { centreId: string; patientId: string }[]) {
  const groups = await tx.study.groupBy({
    by: ['centreId', 'patientId'],
    where: {
      AND: [readableWhere(actor)],
      hiddenAt: null,
      patientId: { in: rows.map(({ patientId }) => patientId) },
      centreId: { in: rows.map(({ centreId }) => centreId) },
    },
    _count: { _all: true },
    _sum: { seriesCount: true, instanceCount: true },
  });
  return new Map(
    groups.map(({ centreId, patientId, _count, _sum }) => [
      `${centreId} ${patientId}`,
      { '00201200': _count._all, '00201202': _sum.seriesCount, '00201204': _sum.instanceCount },
    ]),
  );
}

async function series(
  tx: Tx,
  where: Prisma.SeriesWhereInput,
  query: StoreQuery,
  skip: number,
  take: number,
): Promise<Match[]> {
  const rows = await tx.series.findMany({
    where,
    include: { study: true },
    orderBy: query.studyId ? [{ seriesNumber: 'asc' }, { id: 'asc' }] : [{ id: 'asc' }],
    skip,
    take,
  });
  return rows.map((row) => ({
    centreId: row.study.centreId,
    study: row.study,
    series: row,
    seriesId: row.id,
    extra: { '00080056': 'ONLINE' },
  }));
}

async function images(
  tx: Tx,
  where: Prisma.InstanceWhereInput,
  query: StoreQuery,
  skip: number,
  take: number,
): Promise<Match[]> {
  const rows = await tx.instance.findMany({
    where,
    include: { series: { include: { study: true } } },
    orderBy: query.studyId
      ? [
          { series: { seriesNumber: 'asc' } },
          { seriesId: 'asc' },
          { instanceNumber: 'asc' },
          { sopInstanceUid: 'asc' },
        ]
      : [{ id: 'asc' }],
    skip,
    take,
  });
  return rows.map((row) => ({
    centreId: row.centreId,
    study: row.series.study,
    series: row.series,
    image: row,
    seriesId: row.seriesId,
    sopInstanceUid: row.sopInstanceUid,
    extra: { '00080056': 'ONLINE' },
  }));
}
