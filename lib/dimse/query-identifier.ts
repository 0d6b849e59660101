import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { type QueryLevel, queryLevels } from '@/lib/store/query-attributes.ts';
import { personName } from './encode-data-set.ts';
import type { Root } from './sop-classes.ts';

export type Level = QueryLevel;

export const TAG = {
  characterSet: '00080005',
  level: '00080052',
  retrieveAeTitle: '00080054',
  failedUids: '00080058',
  patientId: '00100020',
  study: '0020000D',
  series: '0020000E',
  instance: '00080018',
} as const;

const unique: Record<Level, string> = {
  PATIENT: TAG.patientId,
  STUDY: TAG.study,
  SERIES: TAG.series,
  IMAGE: TAG.instance,
};

/** What an identifier says that PS3.4 C.4 does not allow. `tag` is the offending element. */
export class IdentifierError extends Error {
  readonly tag: number;

  constructor(message: string, tag: string) {
    super(message);
    this.name = 'IdentifierError';
    this.tag = Number.parseInt(tag, 16);
  }
}

/** An element's value as one text, values apart by backslash; '' where it has none. */
export function textOf(element: DicomJsonElement | undefined): string {
  const values = element?.Value ?? [];
  if (element?.vr === 'SQ') return '';
  return values.map((value) => (element?.vr === 'PN' ? personName(value) : String(value ?? ''))).join('\\');
}

/** The Query/Retrieve Level. Throws IdentifierError when it is none of the root's (PS3.4 C.6.1.1, C.6.2.1). */
export function levelOf(identifier: DicomJson, root: Root): Level {
  const text = textOf(identifier[TAG.level]).trim();
  const level = queryLevels.find((one) => one === text);
  if (!level) throw new IdentifierError(`level ${text || 'is missing'}`, TAG.level);
  if (level === 'PATIENT' && root === 'study')
    throw new IdentifierError('no PATIENT level in this root', TAG.level);
  return level;
}

/**
 * The levels above must be named each by one unique key (PS3.4 C.4.1.2.1: hierarchical search). Throws IdentifierError.
 */
export function checkHierarchy(identifier: DicomJson, root: Root, level: Level): void {
  const from = root === 'patient' ? 0 : 1;
  for (const above of queryLevels.slice(from, queryLevels.indexOf(level))) {
    const tag = unique[above];
    const value = textOf(identifier[tag]).trim();
    if (value === '') throw new IdentifierError(`unique key of ${above} is missing`, tag);
    if (/[*?\\]/.test(value)) throw new IdentifierError(`unique key of ${above} is not one value`, tag);
  }
}

/** What a C-MOVE or C-GET asks for. */
export type Wanted = {
  level: Level;
  patientId?: string;
  studies?: string[];
  series?: string[];
  instances?: string[];
};

/** Unique keys of a retrieval (PS3.4 C.4.2.2.1): one value above the level, a list at the level. Throws IdentifierError. */
export function wantedOf(identifier: DicomJson, root: Root): Wanted {
  const level = levelOf(identifier, root);
  checkHierarchy(identifier, root, level);
  const tag = unique[level];
  const own = textOf(identifier[tag]);
  if (own.trim() === '') throw new IdentifierError(`unique key of ${level} is missing`, tag);
  if (/[*?]/.test(own)) throw new IdentifierError('wildcards cannot be retrieved', tag);
  const list = (key: string): string[] | undefined => {
    const values = textOf(identifier[key])
      .split('\\')
      .map((one) => one.trim())
      .filter(Boolean);
    return values.length > 0 ? values : undefined;
  };
  const patientId = textOf(identifier[TAG.patientId]).trim();
  const deep = queryLevels.indexOf(level);
  return {
    level,
    ...(root === 'patient' && patientId !== '' && { patientId }),
    ...(deep >= 1 && { studies: list(TAG.study) }),
    ...(deep >= 2 && { series: list(TAG.series) }),
    ...(deep >= 3 && { instances: list(TAG.instance) }),
  };
}
