/** What a DICOMweb path asks for. `root` is the part before `/studies`, for the URIs in the answers. */
export type DicomWebRequest = { root: string; caseId: string | null } & (
  | { service: 'studies' }
  | { service: 'series'; study: string }
  | { service: 'instances'; study: string; series: string }
  | { service: 'metadata'; study: string; series: string | null; instance: string | null }
  | { service: 'instance'; study: string; series: string; instance: string }
  | { service: 'frames'; study: string; series: string; instance: string; frames: number[] }
  | { service: 'bulkdata'; study: string; series: string; instance: string; tags: string[] }
);

const uid = '([0-9.]{1,64})';
const rootPattern = /^\/dicomweb(?:\/cases\/([0-9a-f-]{36}))?(?=\/studies)/;
const study = new RegExp(`^/studies/${uid}/`);

/** Parses a path; undefined when it is none of ours. Paths hold UIDs and numbers only. */
export function parsePath(pathname: string): DicomWebRequest | undefined {
  const rootMatch = rootPattern.exec(pathname);
  if (!rootMatch) return undefined;
  const base = { root: rootMatch[0], caseId: rootMatch[1] ?? null };
  const rest = pathname.slice(base.root.length);
  if (rest === '/studies') return { ...base, service: 'studies' };
  const studyUid = study.exec(`${rest}/`)?.[1];
  if (!studyUid) return undefined;
  const tail = rest.slice(`/studies/${studyUid}`.length);
  if (tail === '/series') return { ...base, service: 'series', study: studyUid };
  if (tail === '/metadata')
    return { ...base, service: 'metadata', study: studyUid, series: null, instance: null };
  const inSeries = new RegExp(`^/series/${uid}(.*)$`).exec(tail);
  if (!inSeries) return undefined;
  const [, series = '', afterSeries = ''] = inSeries;
  if (afterSeries === '/instances') return { ...base, service: 'instances', study: studyUid, series };
  if (afterSeries === '/metadata')
    return { ...base, service: 'metadata', study: studyUid, series, instance: null };
  const inInstance = new RegExp(`^/instances/${uid}(.*)$`).exec(afterSeries);
  if (!inInstance) return undefined;
  const [, instance = '', what = ''] = inInstance;
  const found = { ...base, study: studyUid, series, instance };
  if (what === '') return { ...found, service: 'instance' };
  if (what === '/metadata') return { ...found, service: 'metadata' };
  const frames = /^\/frames\/(\d{1,6}(?:,\d{1,6}){0,99})$/.exec(what)?.[1];
  if (frames) return { ...found, service: 'frames', frames: frames.split(',').map(Number) };
  const bulk = /^\/bulkdata((?:\/[0-9A-F]{8}(?:\/\d{1,6}(?=\/))?){1,20})$/i.exec(what)?.[1];
  if (bulk) return { ...found, service: 'bulkdata', tags: bulk.slice(1).split('/') };
  return undefined;
}
