import { uuidPattern } from '@/lib/http/uuid.ts';

/** What a DICOMweb path asks for. `root` is the part before `/studies`, for the URIs in the answers. */
export type DicomWebRequest = { root: string; caseId: string | null } & (
  | { service: 'studies'; study: null }
  | { service: 'series'; study: string | null }
  | { service: 'instances'; study: string | null; series: string | null }
  | ({ service: 'retrieve' } & Target)
  | ({ service: 'metadata' } & Target)
  | ({ service: 'rendered' } & Target)
  | ({ service: 'thumbnail' } & Target)
  | { service: 'frames'; study: string; series: string; instance: string; frames: number[] }
  | { service: 'renderedFrames'; study: string; series: string; instance: string; frames: number[] }
  | { service: 'bulkdata'; study: string; series: string; instance: string; tags: string[] }
);

/** A study, a series of it, or an instance of that. */
export type Target = { study: string; series: string | null; instance: string | null };
export type InstanceTarget = { study: string; series: string; instance: string };

export type Of<S extends DicomWebRequest['service']> = Extract<DicomWebRequest, { service: S }>;

const uid = '([0-9.]{1,64})';
const rootPattern = new RegExp(
  `^/dicomweb(?:/cases/(${uuidPattern}))?(?=/(?:studies|series|instances)(?:/|$))`,
);
const resource = new RegExp(`^/studies/${uid}(?:/series/${uid}(?:/instances/${uid})?)?(/.*)?$`);
const frameList = /^\/frames\/(\d{1,6}(?:,\d{1,6}){0,99})(\/rendered)?$/;
const bulkPath = /^\/bulkdata((?:\/[0-9A-F]{8}(?:\/\d{1,6}(?=\/))?){1,20})$/i;

/** Parses a path; undefined when it is none of ours. Paths hold UIDs and numbers only. */
export function parsePath(pathname: string): DicomWebRequest | undefined {
  const rootMatch = rootPattern.exec(pathname);
  if (!rootMatch) return undefined;
  const base = { root: rootMatch[0], caseId: rootMatch[1] ?? null };
  const rest = pathname.slice(base.root.length);
  if (rest === '/studies') return { ...base, service: 'studies', study: null };
  if (rest === '/series') return { ...base, service: 'series', study: null };
  if (rest === '/instances') return { ...base, service: 'instances', study: null, series: null };
  const match = resource.exec(rest);
  if (!match) return undefined;
  const [, study = '', series = null, instance = null, tail = ''] = match;
  const target = { ...base, study, series, instance };
  switch (tail) {
    case '':
      return { ...target, service: 'retrieve' };
    case '/metadata':
      return { ...target, service: 'metadata' };
    case '/rendered':
      return { ...target, service: 'rendered' };
    case '/thumbnail':
      return { ...target, service: 'thumbnail' };
    case '/series':
      return series === null ? { ...base, service: 'series', study } : undefined;
    case '/instances':
      return instance === null ? { ...base, service: 'instances', study, series } : undefined;
  }
  if (series === null || instance === null) return undefined;
  return inInstance({ ...base, study, series, instance }, tail);
}

function inInstance(
  target: { root: string; caseId: string | null } & InstanceTarget,
  tail: string,
): DicomWebRequest | undefined {
  const frames = frameList.exec(tail);
  if (frames?.[1]) {
    const list = frames[1].split(',').map(Number);
    return { ...target, service: frames[2] ? 'renderedFrames' : 'frames', frames: list };
  }
  const bulk = bulkPath.exec(tail)?.[1];
  return bulk ? { ...target, service: 'bulkdata', tags: bulk.slice(1).split('/') } : undefined;
}
