import dcmjs from 'dcmjs';

const dictionary = dcmjs.data.DicomMetaDictionary.dictionary as Record<string, { name?: string } | undefined>;

/** The keyword that PS3.6 gives to the last tag of a path, in words; empty for what it does not know. */
export function keywordOf(path: string): string {
  const tag = /\(([0-9A-F]{4},[0-9A-F]{4})\)[^(]*$/.exec(path)?.[1];
  const name = tag ? dictionary[`(${tag})`]?.name : undefined;
  return (name ?? '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
}
