import type { SeriesFacts } from '../contract.ts';

/** What is drawn over images or told beside them comes after the images. */
const later = new Set([
  'RTSTRUCT',
  'RTPLAN',
  'RTDOSE',
  'RTRECORD',
  'SEG',
  'SR',
  'REG',
  'PR',
  'KO',
  'RWV',
  'DOC',
]);

export const comesLater = (series: SeriesFacts): boolean => later.has(series.modality);

/** Where the headers of one series are (WADO-RS metadata). */
export const headersAddress = (root: string, { studyUid, seriesUid }: SeriesFacts): string =>
  `${root}/studies/${studyUid}/series/${seriesUid}/metadata`;
