import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { queryStore } from '@/lib/store/query.server.ts';
import { type QueryLevel, unmatchedKeys } from '@/lib/store/query-attributes.ts';
import type { MediaRange } from './accept.ts';
import { DICOM_JSON, type DicomWebAnswer } from './answer.ts';
import { chooseAttributes, xmlParts } from './dicom-xml.ts';
import { openStudy } from './open.server.ts';
import type { Of } from './path.ts';
import { readQuery } from './query-parameters.ts';

type Path = Of<'studies' | 'series' | 'instances'>;

const LEVELS = { studies: 'STUDY', series: 'SERIES', instances: 'IMAGE' } as const;
/** Answers at most, and when no limit is given. A series of a hospital fits; a whole archive does not. */
const MOST = { STUDY: 1000, SERIES: 5000, IMAGE: 20_000, PATIENT: 1000 } satisfies Record<QueryLevel, number>;
const UNASKED = { STUDY: 200, SERIES: 5000, IMAGE: 20_000, PATIENT: 200 } satisfies Record<
  QueryLevel,
  number
>;

/** QIDO-RS (PS3.18 10.6): studies, series and instances that the actor may read. Nothing found is an empty list. */
export async function search(
  actor: AuthenticatedActor,
  path: Path,
  parameters: URLSearchParams,
  accept: readonly MediaRange[],
): Promise<DicomWebAnswer> {
  const form = chooseAttributes(accept);
  const level = LEVELS[path.service];
  const query = readQuery(parameters);
  const keys = { ...query.keys };
  if (path.service === 'instances' && path.series) keys['0020000E'] = path.series;
  const study = path.study === null ? undefined : await openStudy(actor, path.caseId, path.study);
  if (study) keys['0020000D'] = study.studyInstanceUid;
  const limit = Math.min(query.limit ?? UNASKED[level], MOST[level]);
  const rows = await queryStore(actor, {
    level,
    keys,
    include: query.include,
    fuzzy: query.fuzzy,
    // One more than is answered tells whether there are more.
    limit: limit + 1,
    offset: query.offset,
    caseId: path.caseId,
    combinedDateTime: true,
    ...(study && { studyId: study.id }),
  });
  const capped = query.limit === undefined || query.limit > limit;
  const warnings = warn(capped && rows.length > limit, [
    ...query.ignored,
    ...unmatchedKeys(level, query.keys),
  ]);
  const answers = rows.slice(0, limit).map((row) => withUrl(row, path));
  const headers = { 'cache-control': 'private, no-store', ...(warnings && { warning: warnings }) };
  // Parts there must be: what finds nothing is No Content (PS3.18 10.6.3.1).
  if (form === 'xml' && answers.length === 0) return { status: 204, headers, body: '' };
  const { type, body } =
    form === 'xml' ? xmlParts(answers) : { type: DICOM_JSON, body: JSON.stringify(answers) };
  return { status: 200, headers: { ...headers, 'content-type': type }, body };
}

/** Warnings in the words of PS3.18 8.3.4.4 and 10.6.3; undefined when all went as asked. */
function warn(truncated: boolean, unmatched: readonly string[]): string | undefined {
  const texts = [
    ...(truncated
      ? [
          'The number of results exceeded the maximum supported by the server. Additional results can be requested.',
        ]
      : []),
    ...(unmatched.length > 0
      ? [`The following attributes were not used for matching: ${unmatched.join(' ')}`]
      : []),
  ];
  return texts.length > 0
    ? texts.map((text) => `299 consilium "${text.replaceAll('"', "'")}"`).join(', ')
    : undefined;
}

/** Retrieve URL (0008,1190) of what was found. */
function withUrl(row: DicomJson, path: Path): DicomJson {
  const value = (tag: string) => String(row[tag]?.Value?.[0] ?? '');
  let url = `${path.root}/studies/${value('0020000D')}`;
  if (path.service !== 'studies') url += `/series/${value('0020000E')}`;
  if (path.service === 'instances') url += `/instances/${value('00080018')}`;
  return { ...row, '00081190': { vr: 'UR', Value: [url] } };
}
