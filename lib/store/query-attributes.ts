/**
 * What the index knows of a study, a series and an instance, by tag: the columns that queries match and answer from
 * (PS3.4 C.6.1 and C.6.2, PS3.18 10.6). What is not in this table is read from the series' metadata at rest.
 */

export const queryLevels = ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'] as const;
export type QueryLevel = (typeof queryLevels)[number];

/** How a key is matched. `answer` is never matched, only answered. */
export type MatchKind =
  | 'uid'
  | 'text'
  | 'code'
  | 'name'
  | 'date'
  | 'time'
  | 'integer'
  | 'modalities'
  | 'sopClasses'
  | 'answer';

export type QueryAttribute = {
  level: QueryLevel;
  vr: string;
  kind: MatchKind;
  /** Column of the index; '' where it is worked out. */
  column: string;
  /** Answered without being asked for. */
  byDefault: boolean;
};

const of =
  (level: QueryLevel) =>
  (vr: string, kind: MatchKind, column: string, byDefault = true): QueryAttribute => ({
    level,
    vr,
    kind,
    column,
    byDefault,
  });
const patient = of('PATIENT');
const study = of('STUDY');
const series = of('SERIES');
const image = of('IMAGE');

export const queryAttributes: Record<string, QueryAttribute | undefined> = {
  '00100010': patient('PN', 'name', 'patientName'),
  '00100020': patient('LO', 'text', 'patientId'),
  '00100030': patient('DA', 'date', 'patientBirthDate'),
  '00100040': patient('CS', 'code', 'patientSex'),
  '00201200': patient('IS', 'answer', '', false),
  '00201202': patient('IS', 'answer', '', false),
  '00201204': patient('IS', 'answer', '', false),
  '00080020': study('DA', 'date', 'studyDate'),
  '00080030': study('TM', 'time', 'studyTime'),
  '00080050': study('SH', 'text', 'accessionNumber'),
  '00080056': study('CS', 'answer', ''),
  '00080061': study('CS', 'modalities', 'modalities'),
  '00080062': study('UI', 'sopClasses', '', false),
  '00080090': study('PN', 'name', 'referringPhysician'),
  '00081030': study('LO', 'text', 'description'),
  '0020000D': study('UI', 'uid', 'studyInstanceUid'),
  '00200010': study('SH', 'text', 'studyId'),
  '00201206': study('IS', 'integer', 'seriesCount'),
  '00201208': study('IS', 'integer', 'instanceCount'),
  '00080021': series('DA', 'date', 'seriesDate'),
  '00080031': series('TM', 'time', 'seriesTime'),
  '00080060': series('CS', 'code', 'modality'),
  '0008103E': series('LO', 'text', 'description'),
  '00180015': series('CS', 'code', 'bodyPart', false),
  '0020000E': series('UI', 'uid', 'seriesInstanceUid'),
  '00200011': series('IS', 'integer', 'seriesNumber'),
  '00200052': series('UI', 'uid', 'frameOfReferenceUid'),
  '00201209': series('IS', 'integer', 'instanceCount'),
  '00080016': image('UI', 'uid', 'sopClassUid'),
  '00080018': image('UI', 'uid', 'sopInstanceUid'),
  '00083002': image('UI', 'uid', 'transferSyntaxUid'),
  '00200013': image('IS', 'integer', 'instanceNumber'),
  '00280008': image('IS', 'integer', 'frames'),
  '00280010': image('US', 'integer', 'rows'),
  '00280011': image('US', 'integer', 'columns'),
};

const depth = (level: QueryLevel): number => queryLevels.indexOf(level);

/** An attribute of a level can be matched there and at every level below it (relational queries). */
export const reaches = (attribute: QueryAttribute, level: QueryLevel): boolean =>
  depth(attribute.level) <= depth(level);

/** At these levels what the index lacks can be read from the metadata at rest. */
export const hasMetadata = (level: QueryLevel): boolean => level === 'SERIES' || level === 'IMAGE';

/**
 * Keys that a query at that level cannot match, so that the answer can say so: attributes of a lower level, and what
 * the index of studies does not keep. Empty keys ask for a value only and are never among them.
 */
export function unmatchedKeys(level: QueryLevel, keys: Record<string, string>): string[] {
  return Object.keys(keys).filter((tag) => {
    if (/^\**$/.test((keys[tag] ?? '').trim())) return false;
    const attribute = queryAttributes[tag];
    if (!attribute) return !hasMetadata(level);
    return attribute.kind === 'answer' || !reaches(attribute, level);
  });
}
