import type { DirectoryEntry } from '@/lib/dicom/dicomdir.ts';

/**
 * File IDs by count (PS3.10 8.2): nothing that an object says of itself becomes a path, so that no name can lead out of
 * the folder it is unpacked in, or tell who the patient is.
 */
export function fileNames(): (entry: Omit<DirectoryEntry, 'fileId'>) => string[] {
  const numbers = new Map<string, number>();
  const children = new Map<string, number>();
  const numbered = (parent: string, kind: string, key: string): string => {
    const path = `${parent}/${kind}${key}`;
    let number = numbers.get(path);
    if (number === undefined) {
      number = (children.get(`${parent}/${kind}`) ?? 0) + 1;
      children.set(`${parent}/${kind}`, number);
      numbers.set(path, number);
    }
    return `${kind}${String(number).padStart(6, '0')}`;
  };
  return (entry) => {
    const patient = numbered('', 'PT', keyOf(entry.patient, 'x00100020'));
    const study = numbered(patient, 'ST', keyOf(entry.study, 'x0020000d'));
    const series = numbered(`${patient}/${study}`, 'SE', keyOf(entry.series, 'x0020000e'));
    const object = numbered(`${patient}/${study}/${series}`, 'IM', entry.sopInstanceUid);
    return [patient, study, series, object];
  };
}

const keyOf = ({ elements }: DirectoryEntry['patient'], tag: string): string =>
  String(elements.find((element) => element.tag === tag)?.value ?? '');
