import dcmjs from 'dcmjs';

const names = dcmjs.data.DicomMetaDictionary.nameMap;
const dictionary = dcmjs.data.DicomMetaDictionary.dictionary;

/** The tag of an attribute named by keyword (`PatientID`) or tag (`00100020`): 8 upper-case digits; undefined for neither. */
export function tagOf(name: string): string | undefined {
  if (/^[0-9a-f]{8}$/i.test(name)) return name.toUpperCase();
  const tag = names[name]?.tag;
  return tag && /^\([0-9A-F]{4},[0-9A-F]{4}\)$/i.test(tag)
    ? tag.replace(/[(),]/g, '').toUpperCase()
    : undefined;
}

/** The dictionary's VR of a tag; undefined for private and unknown ones. */
export const vrOf = (tag: string): string | undefined =>
  dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`]?.vr;
