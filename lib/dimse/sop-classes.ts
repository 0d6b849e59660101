/** The service classes of PS3.4 that this node speaks, by their SOP classes. */
export const VERIFICATION = '1.2.840.10008.1.1';
export const FIND = { patient: '1.2.840.10008.5.1.4.1.2.1.1', study: '1.2.840.10008.5.1.4.1.2.2.1' } as const;
export const MOVE = { patient: '1.2.840.10008.5.1.4.1.2.1.2', study: '1.2.840.10008.5.1.4.1.2.2.2' } as const;
export const GET = { patient: '1.2.840.10008.5.1.4.1.2.1.3', study: '1.2.840.10008.5.1.4.1.2.2.3' } as const;

export type Root = 'patient' | 'study';

/** Which root a query or retrieve class has; undefined for another class. */
export const rootOf = (classes: Readonly<Record<Root, string>>, uid: string): Root | undefined =>
  uid === classes.patient ? 'patient' : uid === classes.study ? 'study' : undefined;

/**
 * Storage classes: all of PS3.4 B.5 (…5.1.4.1.1.*, the RT second generation's and …34.7, …34.10 for delivery), those
 * that a newer edition adds there, and private ones, which lie outside of DICOM's own root.
 */
export function isStorageClass(uid: string): boolean {
  if (!uid.startsWith('1.2.840.10008.')) return /^[0-9]+(\.[0-9]+)+$/.test(uid) && uid.length <= 64;
  return /^1\.2\.840\.10008\.5\.1\.4\.(1\.1|34\.(7|10))(\.|$)/.test(uid);
}

const S = '1.2.840.10008.5.1.4.1.1.';
/** What a C-GET offers to take: 60 classes in two contexts each stay under the 128 of an association. */
export const RETRIEVED_CLASSES: readonly string[] = [
  ...['1', '1.1', '1.1.1', '1.2', '1.2.1', '1.3', '2', '2.1', '2.2', '3.1', '4', '4.1', '4.2', '4.3', '4.4'],
  ...[
    '6.1',
    '6.2',
    '7',
    '7.1',
    '7.2',
    '7.3',
    '7.4',
    '9.1.1',
    '11.1',
    '11.2',
    '11.3',
    '12.1',
    '12.1.1',
    '12.2',
  ],
  ...['13.1.1', '13.1.3', '20', '30', '66', '66.1', '66.2', '66.3', '66.4', '66.5', '67', '77.1.1', '77.1.2'],
  ...[
    '77.1.4',
    '77.1.6',
    '88.11',
    '88.22',
    '88.33',
    '88.34',
    '88.59',
    '88.67',
    '104.1',
    '128',
    '128.1',
    '130',
  ],
  ...['481.1', '481.2', '481.3', '481.4', '481.5', '481.7', '481.8'],
].map((end) => S + end);

/** Transfer syntaxes that an object may be kept in, the ones without loss first. */
export const COMPRESSED_SYNTAXES: readonly string[] = [
  '1.2.840.10008.1.2.4.70',
  '1.2.840.10008.1.2.4.57',
  '1.2.840.10008.1.2.4.90',
  '1.2.840.10008.1.2.4.80',
  '1.2.840.10008.1.2.4.201',
  '1.2.840.10008.1.2.4.202',
  '1.2.840.10008.1.2.5',
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.51',
  '1.2.840.10008.1.2.4.91',
  '1.2.840.10008.1.2.4.81',
  '1.2.840.10008.1.2.4.203',
];
